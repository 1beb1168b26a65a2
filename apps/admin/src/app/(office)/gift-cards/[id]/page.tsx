import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { GiftCardPage } from '../../../../features/credit/gift-card-page.tsx'

export const metadata: Metadata = { title: 'Gift card' }

type Props = { params: Promise<{ id: string }> }

export default async function Page({ params }: Props) {
  await requireStaff()
  const { id } = await params
  return <GiftCardPage id={id} />
}
