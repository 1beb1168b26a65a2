import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { StockPage } from '../../../features/stock/stock-page.tsx'

export const metadata: Metadata = { title: 'Stock' }

export default async function Page() {
  await requireStaff()
  return <StockPage />
}
