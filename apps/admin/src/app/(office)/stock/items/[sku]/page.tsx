import type { Metadata } from 'next'
import { requireStaff } from '../../../../../data/session.ts'
import { ItemPage } from '../../../../../features/stock/item-page.tsx'

export const metadata: Metadata = { title: 'Stock of one SKU' }

type Props = { params: Promise<{ sku: string }> }

export default async function Page({ params }: Props) {
  await requireStaff()
  const { sku } = await params
  // Next hands over the text of the address as it stands there.
  return <ItemPage sku={decodeURIComponent(sku)} />
}
