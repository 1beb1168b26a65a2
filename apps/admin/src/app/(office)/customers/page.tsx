import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { CustomersPage } from '../../../features/customers/customers-page.tsx'

export const metadata: Metadata = { title: 'Customers' }

export default async function Page() {
  const staff = await requireStaff()
  return <CustomersPage ownId={staff.id} canSetRoles={staff.roles.includes('owner')} />
}
