import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { DraftPage } from '../../../../features/drafts/draft-page.tsx'

export const metadata: Metadata = { title: 'Draft order' }

type Props = { params: Promise<{ id: string }> }

export default async function Page({ params }: Props) {
  await requireStaff()
  const { id } = await params
  return <DraftPage id={id} />
}
