import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { DraftsPage } from '../../../features/drafts/drafts-page.tsx'

export const metadata: Metadata = { title: 'Draft orders' }

export default async function Page() {
  await requireStaff()
  return <DraftsPage />
}
