import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { CountsPage } from '../../../../features/stock/counts-page.tsx'

export const metadata: Metadata = { title: 'Counts' }

export default async function Page() {
  await requireStaff()
  return <CountsPage />
}
