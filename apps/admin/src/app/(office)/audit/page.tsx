import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { AuditPage } from '../../../features/audit/audit-page.tsx'

export const metadata: Metadata = { title: 'Audit' }

export default async function Page() {
  await requireStaff()
  return <AuditPage />
}
