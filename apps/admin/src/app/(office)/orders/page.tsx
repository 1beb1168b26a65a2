import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { OrdersPage } from '../../../features/orders/orders-page.tsx'

export const metadata: Metadata = { title: 'Orders' }

export default async function Page() {
  await requireStaff()
  return <OrdersPage />
}
