'use client'

import { X } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react'
import { Icon } from './icon.tsx'

export type ToastMessage = {
  text: string
  /** One thing to do about it, such as "Undo". */
  action?: { label: string; onPress: () => void }
}
type Shown = ToastMessage & { id: number }

const showMs = 8000
const ToastContext = createContext<((message: ToastMessage) => void) | null>(null)

/** Tells what just happened, quietly, and only what can be missed: errors belong beside their cause. */
export function useToast(): (message: ToastMessage) => void {
  const show = useContext(ToastContext)
  if (!show) throw new Error('useToast needs a ToastProvider around it')
  return show
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<Shown | null>(null)
  const nextId = useRef(1)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const hide = useCallback(() => setToast(null), [])
  const startTimer = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(hide, showMs)
  }, [hide])
  const show = useCallback(
    (message: ToastMessage) => {
      nextId.current += 1
      setToast({ ...message, id: nextId.current })
      startTimer()
    },
    [startTimer],
  )
  const pause = () => clearTimeout(timer.current)

  return (
    <ToastContext value={useMemo(() => show, [show])}>
      {children}
      <section
        aria-label="Notifications"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-0 z-60 flex justify-center p-4 sm:justify-end"
      >
        {toast && (
          // biome-ignore lint/a11y/noStaticElementInteractions: resting on the message keeps it on the screen
          <div
            key={toast.id}
            onMouseEnter={pause}
            onMouseLeave={startTimer}
            onFocus={pause}
            onBlur={startTimer}
            onKeyDown={(event) => event.key === 'Escape' && hide()}
            className="pointer-events-auto flex min-h-13 items-center gap-2 rounded-control bg-ink py-1 pr-1 pl-4 text-paper shadow-float"
          >
            <p className="py-2">{toast.text}</p>
            {toast.action && (
              <button
                type="button"
                className="min-h-11 shrink-0 whitespace-nowrap rounded-control px-3 font-medium underline underline-offset-4"
                onClick={() => {
                  toast.action?.onPress()
                  hide()
                }}
              >
                {toast.action.label}
              </button>
            )}
            <button
              type="button"
              aria-label="Dismiss"
              className="grid size-11 shrink-0 place-items-center rounded-control"
              onClick={hide}
            >
              <Icon icon={X} size={18} />
            </button>
          </div>
        )}
      </section>
    </ToastContext>
  )
}
