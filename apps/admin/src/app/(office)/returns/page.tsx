import type { Metadata } from 'next'
import { requireStaff } from '../../../data/session.ts'
import { ReturnsPage } from '../../../features/returns/returns-page.tsx'

export const metadata: Metadata = { title: 'Returns' }

export default async function Page() {
  await requireStaff()
  return <ReturnsPage />
}
