import type { Metadata } from 'next'
import { requireStaff } from '../../../../../data/session.ts'
import { CountPage } from '../../../../../features/stock/count-page.tsx'

export const metadata: Metadata = { title: 'Count' }

type Props = { params: Promise<{ id: string }> }

export default async function Page({ params }: Props) {
  await requireStaff()
  const { id } = await params
  return <CountPage id={id} />
}
