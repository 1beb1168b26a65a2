import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { ReconciliationPage } from '../../../../features/payments/reconciliation-page.tsx'

export const metadata: Metadata = { title: 'Reconciliation' }

export default async function Page() {
  await requireStaff()
  return <ReconciliationPage />
}
