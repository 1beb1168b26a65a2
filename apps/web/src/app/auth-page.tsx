import type { ReactNode } from 'react'

/** A short form with its heading and what else one may want to do. */
export function AuthPage({
  title,
  lead,
  children,
  footer,
}: {
  title: string
  lead?: ReactNode
  children: ReactNode
  footer?: ReactNode
}) {
  return (
    <div className="page flex justify-center pt-10 md:pt-16">
      <div className="w-full max-w-form">
        <h1 className="display text-3xl">{title}</h1>
        {lead && <div className="mt-3 text-ink-soft">{lead}</div>}
        <div className="mt-8">{children}</div>
        {footer && <div className="mt-8 flex flex-col gap-2 border-line border-t pt-6">{footer}</div>}
      </div>
    </div>
  )
}
