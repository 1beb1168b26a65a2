import type { Role } from '@souk/kernel/principal'
import { paths } from '../paths.ts'

export const menuEntries = [
  { label: 'Dashboard', href: paths.dashboard(), icon: 'dashboard', needs: 'staff' },
  { label: 'Orders', href: paths.orders(), icon: 'orders', needs: 'staff' },
  { label: 'Returns', href: paths.returns(), icon: 'returns', needs: 'staff' },
  { label: 'Products', href: paths.products(), icon: 'products', needs: 'staff' },
  { label: 'Stock', href: paths.stock(), icon: 'stock', needs: 'staff' },
  { label: 'Promotions', href: paths.promotions(), icon: 'promotions', needs: 'staff' },
  { label: 'Delivery', href: paths.delivery(), icon: 'delivery', needs: 'staff' },
  { label: 'Taxes', href: paths.taxes(), icon: 'taxes', needs: 'staff' },
  { label: 'Reconciliation', href: paths.reconciliation(), icon: 'reconciliation', needs: 'staff' },
  { label: 'Customers', href: paths.customers(), icon: 'customers', needs: 'staff' },
  { label: 'Gift cards', href: paths.giftCards(), icon: 'giftCards', needs: 'staff' },
  { label: 'Mailbox', href: paths.mailbox(), icon: 'mailbox', needs: 'staff' },
  { label: 'Events', href: paths.events(), icon: 'events', needs: 'staff' },
  { label: 'Audit', href: paths.audit(), icon: 'audit', needs: 'staff' },
  { label: 'Activity', href: paths.activity(), icon: 'activity', needs: 'owner' },
] as const
export type MenuEntry = (typeof menuEntries)[number]

/** What these roles can open. The pages ask again; this only spares people a closed door. */
export function menuFor(roles: readonly Role[]): MenuEntry[] {
  return menuEntries.filter(({ needs }) => roles.includes('owner') || roles.includes(needs))
}

/** Whether the entry is the page at `path` or contains it. */
export function isCurrent(entry: Pick<MenuEntry, 'href'>, path: string): boolean {
  return entry.href === '/' ? path === '/' : path === entry.href || path.startsWith(`${entry.href}/`)
}
