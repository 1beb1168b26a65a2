import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { LocationsPage } from '../../../../features/stock/locations-page.tsx'

export const metadata: Metadata = { title: 'Locations' }

export default async function Page() {
  await requireStaff()
  return <LocationsPage />
}
