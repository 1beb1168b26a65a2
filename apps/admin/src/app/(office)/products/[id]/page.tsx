import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { ProductPage } from '../../../../features/catalog/product-page.tsx'

export const metadata: Metadata = { title: 'Product' }

type Props = { params: Promise<{ id: string }> }

export default async function Page({ params }: Props) {
  await requireStaff()
  const { id } = await params
  return <ProductPage idOrSlug={id} />
}
