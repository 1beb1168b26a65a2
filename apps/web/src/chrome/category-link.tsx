'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'

/** Says which category one is in. */
export function CategoryLink({ href, label }: { href: string; label: string }) {
  const isHere = usePathname() === href
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className="block border-transparent border-b-2 py-2.5 text-ink-soft transition-colors hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
    >
      {label}
    </Link>
  )
}
