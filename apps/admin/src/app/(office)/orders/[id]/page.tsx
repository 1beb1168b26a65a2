import type { Metadata } from 'next'
import { requireStaff } from '../../../../data/session.ts'
import { OrderPage } from '../../../../features/orders/order-page.tsx'

export const metadata: Metadata = { title: 'Order' }

type Props = { params: Promise<{ id: string }> }

export default async function Page({ params }: Props) {
  await requireStaff()
  const { id } = await params
  return <OrderPage id={id} />
}
