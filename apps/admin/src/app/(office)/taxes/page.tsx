import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { TaxesPage } from '../../../features/prices/taxes-page.tsx'

export const metadata: Metadata = { title: 'Taxes' }

export default async function Page() {
  await requireStaff()
  return <TaxesPage />
}
