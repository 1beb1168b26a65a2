import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { ProductsPage } from '../../../features/catalog/products-page.tsx'

export const metadata: Metadata = { title: 'Products' }

export default async function Page() {
  await requireStaff()
  return <ProductsPage />
}
