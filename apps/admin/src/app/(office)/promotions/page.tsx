import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { PromotionsPage } from '../../../features/prices/promotions-page.tsx'

export const metadata: Metadata = { title: 'Promotions' }

export default async function Page() {
  await requireStaff()
  return <PromotionsPage />
}
