'use client'

import { Icon } from '@souk/ui/icon'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'

/** More of a panel, behind its name. The content is only made once it is asked for. */
export function Disclosure({ label, children }: { label: string; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details
      className="group border-line border-t"
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary className="flex min-h-10 items-center gap-1.5 px-4 text-sm hover:bg-surface pointer-coarse:min-h-11">
        <Icon icon={ChevronRight} size={16} className="transition-transform group-open:rotate-90" />
        {label}
      </summary>
      {isOpen && <div className="px-4 pt-1 pb-4">{children}</div>}
    </details>
  )
}
