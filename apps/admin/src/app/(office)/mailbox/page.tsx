import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { MailboxPage } from '../../../features/mailbox/mailbox-page.tsx'

export const metadata: Metadata = { title: 'Mailbox' }

export default async function Page() {
  await requireStaff()
  return <MailboxPage />
}
