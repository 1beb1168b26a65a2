import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { NewDraftPage } from '../../../../features/drafts/draft-page.tsx'

export const metadata: Metadata = { title: 'New draft order' }

export default async function Page() {
  await requireStaff()
  return <NewDraftPage />
}
