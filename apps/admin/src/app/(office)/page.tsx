import type { Metadata } from 'next'
import { requireStaff } from '../../data/session.ts'
import { DashboardPage } from '../../features/dashboard/dashboard-page.tsx'

export const metadata: Metadata = { title: 'Dashboard' }

export default async function Page() {
  await requireStaff()
  return <DashboardPage />
}
