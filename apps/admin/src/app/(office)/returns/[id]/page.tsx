import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { ReturnPage } from '../../../../features/returns/return-page.tsx'

export const metadata: Metadata = { title: 'Return' }

type Props = { params: Promise<{ id: string }> }

export default async function Page({ params }: Props) {
  await requireStaff()
  const { id } = await params
  return <ReturnPage id={id} />
}
