import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { NewProductPage } from '../../../../features/catalog/new-product-page.tsx'

export const metadata: Metadata = { title: 'New product' }

export default async function Page() {
  await requireStaff()
  return <NewProductPage />
}
