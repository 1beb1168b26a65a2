import type { Metadata } from 'next'
import { requireStaff } from '../../../../../data/session.ts'
import { TransferPage } from '../../../../../features/stock/transfer-page.tsx'

export const metadata: Metadata = { title: 'Transfer' }

type Props = { params: Promise<{ id: string }> }

export default async function Page({ params }: Props) {
  await requireStaff()
  const { id } = await params
  return <TransferPage id={id} />
}
