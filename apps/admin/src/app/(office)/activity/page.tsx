import type { Metadata } from 'next'
import { requireOwner } from '../../../data/session.ts'
import { ActivityPage } from '../../../features/activity/activity-page.tsx'

export const metadata: Metadata = { title: 'Activity' }

export default async function Page() {
  await requireOwner()
  return <ActivityPage />
}
