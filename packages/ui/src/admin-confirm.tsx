'use client'

import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'

/** Asks before something that cannot be taken back. Escape and "Keep" change nothing; the focus starts on the safe answer. */
export function ConfirmDialog({
  isOpen,
  onOpenChange,
  title,
  children,
  confirmLabel,
  keepLabel = 'Keep as it is',
  isDanger = true,
  isLoading,
  onConfirm,
}: {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  children?: ReactNode
  /** A verb and what it is done to. */
  confirmLabel: string
  keepLabel?: string
  isDanger?: boolean
  isLoading?: boolean
  onConfirm: () => void
}) {
  return (
    <Base.Root open={isOpen} onOpenChange={(next) => !isLoading && onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-60 bg-veil transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup className="fixed top-1/2 left-1/2 z-60 flex max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-y-auto rounded-control bg-raised p-5 text-ink shadow-float outline-none transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0">
          <Base.Title className="font-medium text-lg">{title}</Base.Title>
          <Base.Description render={<div />} className="text-ink-soft text-sm">
            {children}
          </Base.Description>
          <div className="flex flex-wrap-reverse justify-end gap-3">
            <Base.Close
              render={
                <Button variant="secondary" size="small">
                  {keepLabel}
                </Button>
              }
            />
            <Button
              variant={isDanger ? 'danger' : 'primary'}
              size="small"
              isLoading={isLoading}
              onClick={onConfirm}
            >
              {confirmLabel}
            </Button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
