import { Icon } from '@souk/ui/icon'
import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

/** To the list this page belongs to. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="touch -ml-1 mb-1 inline-flex items-center gap-1 text-ink-soft text-sm hover:text-ink"
    >
      <Icon icon={ChevronLeft} size={16} />
      {children}
    </Link>
  )
}
