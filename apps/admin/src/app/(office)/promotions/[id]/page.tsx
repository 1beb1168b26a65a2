import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { PromotionPage } from '../../../../features/prices/promotion-page.tsx'

export const metadata: Metadata = { title: 'Promotion' }

type Props = { params: Promise<{ id: string }> }

export default async function Page({ params }: Props) {
  await requireStaff()
  const { id } = await params
  return <PromotionPage id={id} />
}
