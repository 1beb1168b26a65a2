import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { TransfersPage } from '../../../../features/stock/transfers-page.tsx'

export const metadata: Metadata = { title: 'Transfers' }

export default async function Page() {
  await requireStaff()
  return <TransfersPage />
}
