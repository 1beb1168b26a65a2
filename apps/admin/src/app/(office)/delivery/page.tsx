import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { DeliveryPage } from '../../../features/prices/delivery-page.tsx'

export const metadata: Metadata = { title: 'Delivery' }

export default async function Page() {
  await requireStaff()
  return <DeliveryPage />
}
