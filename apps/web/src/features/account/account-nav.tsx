'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { paths } from '../../paths.ts'

const links = [
  { href: paths.account(), label: 'Profile' },
  { href: paths.accountOrders(), label: 'Orders' },
  { href: paths.accountAddresses(), label: 'Addresses' },
  { href: paths.accountCredit(), label: 'Store credit' },
]

export function AccountNav() {
  const pathname = usePathname()
  return (
    <nav aria-label="Account">
      <ul className="flex gap-x-6 lg:flex-col">
        {links.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={pathname === href ? 'page' : undefined}
              className="inline-flex min-h-11 items-center border-transparent border-b-2 text-ink-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
