import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { MovementsPage } from '../../../../features/stock/movements-page.tsx'

export const metadata: Metadata = { title: 'Stock movements' }

export default async function Page() {
  await requireStaff()
  return <MovementsPage />
}
