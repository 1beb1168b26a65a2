'use client'

import { cx } from '@souk/ui/class-names'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { paths } from '../../paths.ts'

const pages = [
  { label: 'Levels', href: paths.stock() },
  { label: 'Receipts', href: paths.receipts() },
  { label: 'Transfers', href: paths.transfers() },
  { label: 'Counts', href: paths.counts() },
  { label: 'Locations', href: paths.locations() },
  { label: 'Movements', href: paths.movements() },
]

/** The pages about goods, at the top of each of them. */
export function StockNav() {
  const current = usePathname()
  return (
    <nav aria-label="Stock pages" className="-mx-4 mb-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex min-w-max gap-5 border-line border-b">
        {pages.map(({ label, href }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={current === href ? 'page' : undefined}
              className={cx(
                '-mb-px flex min-h-11 items-center whitespace-nowrap border-b-2 text-sm transition-colors',
                current === href
                  ? 'border-accent text-ink'
                  : 'border-transparent text-ink-soft hover:text-ink',
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
