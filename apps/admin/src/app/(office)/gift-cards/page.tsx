import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { GiftCardsPage } from '../../../features/credit/gift-cards-page.tsx'

export const metadata: Metadata = { title: 'Gift cards' }

export default async function Page() {
  await requireStaff()
  return <GiftCardsPage />
}
