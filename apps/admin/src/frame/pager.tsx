'use client'

import { buttonClass } from '@souk/ui/button-class'
import { SoftLink } from './soft-link.tsx'
import { useTrail } from './use-url-query.ts'

/** Newer and older pages of a list. Nothing to show when everything is on one page. */
export function Pager({ nextCursor, label }: { nextCursor: string | null; label: string }) {
  const { page, previousHref, nextHref } = useTrail(nextCursor)
  if (!previousHref && !nextHref) return null
  const look = buttonClass({ variant: 'secondary', size: 'small' })
  return (
    <nav
      aria-label={`Pages of ${label}`}
      className="flex items-center justify-between gap-3 border-line border-t px-4 py-3 text-ink-soft text-sm"
    >
      <span className="figures">Page {page}</span>
      <span className="flex gap-3">
        {previousHref && (
          <SoftLink href={previousHref} rel="prev" className={look}>
            Previous page
          </SoftLink>
        )}
        {nextHref && (
          <SoftLink href={nextHref} rel="next" className={look}>
            Next page
          </SoftLink>
        )}
      </span>
    </nav>
  )
}
