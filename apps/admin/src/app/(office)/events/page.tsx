import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { EventsPage } from '../../../features/events/events-page.tsx'

export const metadata: Metadata = { title: 'Events' }

export default async function Page() {
  await requireStaff()
  return <EventsPage />
}
