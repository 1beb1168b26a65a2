import { isId } from '@souk/kernel/id'
import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { NewPromotionPage, PromotionPage } from '../../../../features/prices/promotion-page.tsx'

export const metadata: Metadata = { title: 'New promotion' }

type Props = { searchParams: Promise<{ copy?: string | string[] }> }

export default async function Page({ searchParams }: Props) {
  await requireStaff()
  const { copy } = await searchParams
  return typeof copy === 'string' && isId(copy) ? <PromotionPage id={copy} isCopy /> : <NewPromotionPage />
}
