'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { cx } from './class-names.tsx'
import { Icon } from './icon.tsx'

export type DialogProps = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  description?: ReactNode
  children?: ReactNode
  /** Stays in view below the scrolling content. */
  footer?: ReactNode
  /** Where the focus goes first; the popup's first control otherwise. */
  initialFocus?: RefObject<HTMLElement | null>
  className?: string
}

const veilClass =
  'fixed inset-0 z-40 bg-veil transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'

export const closeClass =
  '-mr-2 grid size-11 shrink-0 place-items-center rounded-control transition-colors hover:bg-surface'

function Frame({ title, description, children, footer }: DialogProps) {
  return (
    <>
      <div className="flex items-start justify-between gap-4 border-line border-b px-5 py-3">
        <div className="min-w-0 pt-2">
          <Base.Title className="display text-xl">{title}</Base.Title>
          {description && (
            <Base.Description className="mt-1 text-ink-soft text-sm">{description}</Base.Description>
          )}
        </div>
        <Base.Close aria-label="Close" className={closeClass}>
          <Icon icon={X} />
        </Base.Close>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4">{children}</div>
      {footer && <div className="border-line border-t px-5 py-4">{footer}</div>}
    </>
  )
}

export function Dialog(props: DialogProps) {
  return (
    <Base.Root open={props.isOpen} onOpenChange={props.onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={veilClass} />
        <Base.Popup
          initialFocus={props.initialFocus}
          className={cx(
            'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[min(32rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col rounded-control bg-raised text-ink shadow-float outline-none transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0',
            props.className,
          )}
        >
          <Frame {...props} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** The same dialog at the edge of the screen. */
export function Drawer({ side = 'right', ...props }: DialogProps & { side?: 'left' | 'right' }) {
  return (
    <Base.Root open={props.isOpen} onOpenChange={props.onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={veilClass} />
        <Base.Popup
          initialFocus={props.initialFocus}
          className={cx(
            'fixed inset-y-0 z-50 flex w-[min(28rem,100vw)] flex-col bg-raised text-ink shadow-float outline-none transition-[translate,opacity] duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0',
            side === 'right'
              ? 'right-0 data-ending-style:translate-x-8 data-starting-style:translate-x-8'
              : 'left-0 data-ending-style:-translate-x-8 data-starting-style:-translate-x-8',
            props.className,
          )}
        >
          <Frame {...props} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
