import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { ReceiptsPage } from '../../../../features/stock/receipts-page.tsx'

export const metadata: Metadata = { title: 'Receipts' }

export default async function Page() {
  await requireStaff()
  return <ReceiptsPage />
}
