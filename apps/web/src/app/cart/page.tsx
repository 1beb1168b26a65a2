import type { Metadata } from 'next'
import { CartView } from '../../features/cart/cart-view.tsx'

export const metadata: Metadata = { title: 'Your cart', robots: { index: false } }

export default function CartPage() {
  return (
    <div className="page pt-8 md:pt-12">
      <h1 className="display mb-8 text-3xl md:text-4xl">Your cart</h1>
      <CartView />
    </div>
  )
}
