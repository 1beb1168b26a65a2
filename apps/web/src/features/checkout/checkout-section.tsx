import { type ReactNode, useId } from 'react'

export function CheckoutSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="display mb-4 text-xl">
        {title}
      </h2>
      {children}
    </section>
  )
}
