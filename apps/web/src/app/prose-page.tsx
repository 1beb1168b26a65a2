import type { ReactNode } from 'react'

export function ProsePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page pt-8 md:pt-12">
      <div className="prose max-w-read">
        <h1 className="display mb-8 text-3xl md:text-4xl">{title}</h1>
        {children}
      </div>
    </div>
  )
}
