import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { MessagePage } from '../../../../features/mailbox/message-page.tsx'

export const metadata: Metadata = { title: 'Message' }

type Props = { params: Promise<{ id: string }> }

export default async function Page({ params }: Props) {
  await requireStaff()
  const { id } = await params
  return <MessagePage id={id} />
}
