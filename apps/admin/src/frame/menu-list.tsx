'use client'

import { cx } from '@souk/ui/class-names'
import { Icon } from '@souk/ui/icon'
import {
  Activity,
  BadgePercent,
  Boxes,
  ClipboardCheck,
  Gift,
  LayoutDashboard,
  type LucideIcon,
  Mail,
  Package,
  PackageOpen,
  Percent,
  ReceiptText,
  Scale,
  ShieldCheck,
  Truck,
  Users,
} from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { isCurrent, type MenuEntry } from './menu.ts'

const icons: Record<MenuEntry['icon'], LucideIcon> = {
  dashboard: LayoutDashboard,
  orders: ReceiptText,
  returns: PackageOpen,
  products: Package,
  stock: Boxes,
  promotions: BadgePercent,
  delivery: Truck,
  taxes: Percent,
  reconciliation: Scale,
  customers: Users,
  giftCards: Gift,
  mailbox: Mail,
  events: Activity,
  audit: ClipboardCheck,
  activity: ShieldCheck,
}

export function MenuList({ entries, onChoose }: { entries: readonly MenuEntry[]; onChoose?: () => void }) {
  const path = usePathname()
  return (
    <ul className="flex flex-col gap-0.5">
      {entries.map((entry) => (
        <li key={entry.href}>
          <Link
            href={entry.href}
            onClick={onChoose}
            aria-current={isCurrent(entry, path) ? 'page' : undefined}
            className={cx(
              'flex min-h-10 items-center gap-3 rounded-control px-3 text-sm transition-colors pointer-coarse:min-h-11',
              isCurrent(entry, path)
                ? 'bg-accent-soft font-medium text-accent-strong'
                : 'text-ink-soft hover:bg-line/50 hover:text-ink',
            )}
          >
            <Icon icon={icons[entry.icon]} size={18} />
            {entry.label}
          </Link>
        </li>
      ))}
    </ul>
  )
}
