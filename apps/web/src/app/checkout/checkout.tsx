'use client'

import type { PlacedOrder } from '@souk/order/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useShop } from '../../browser/shop-provider.tsx'
import { CartFault, CartSkeleton, EmptyCart } from '../../features/cart/cart-view.tsx'
import { problemLines } from '../../features/cart/optimistic-cart.ts'
import { cartKey, useCart, useSetQuantity } from '../../features/cart/use-cart.ts'
import { CheckoutForm } from '../../features/checkout/checkout-form.tsx'
import type { ShortLine } from '../../features/checkout/outcome-notice.tsx'
import type { Refusal } from '../../features/checkout/use-place-order.ts'
import { quoteKey } from '../../features/checkout/use-quote.ts'
import { CartProblems } from './cart-problems.tsx'
import { leaveForOrder } from './leave-for-order.ts'

/** Brings the cart, the customer's address and the order form together. */
export function Checkout() {
  const { client, customer } = useShop()
  const cart = useCart()
  const { mutate: setQuantity } = useSetQuantity()
  const queries = useQueryClient()
  const router = useRouter()
  // Once the order stands the cart is empty; the form stays in view until the order's page is there.
  const [isLeaving, setIsLeaving] = useState(false)
  const addresses = useQuery({
    queryKey: ['addresses'],
    queryFn: () => client.address.list.query(),
    enabled: customer !== null,
    retry: false,
  })

  async function placed(order: PlacedOrder): Promise<void> {
    setIsLeaving(true)
    await leaveForOrder(order, router)
    await queries.invalidateQueries({ queryKey: cartKey })
  }

  /** What is short is shown and settled by the notice itself; prices that moved are read again. */
  function readAgain(refusal: Refusal): void {
    if (refusal.status !== 'price_changed') return
    void queries.invalidateQueries({ queryKey: quoteKey })
    void queries.invalidateQueries({ queryKey: cartKey })
  }

  function fix(lines: readonly ShortLine[]): void {
    for (const { sku, available } of lines) setQuantity({ sku, quantity: available })
  }

  if (cart.isPending || (customer && addresses.isPending)) return <CartSkeleton />
  if (cart.isError) return <CartFault error={cart.error} onRetry={() => void cart.refetch()} />
  if (!isLeaving && (!cart.data || cart.data.lines.length === 0)) return <EmptyCart headingLevel="h2" />
  if (!cart.data) return <CartSkeleton />
  const problems = problemLines(cart.data)
  const saved = addresses.data?.items ?? []
  return (
    <>
      <CartProblems lines={problems} />
      <CheckoutForm
        items={cart.data.lines.filter((line) => line.problem !== 'not_for_sale')}
        cartId={cart.data.id}
        customer={customer}
        address={(saved.find(({ isDefault }) => isDefault) ?? saved[0])?.address}
        blockedReason={problems.length > 0 ? 'Settle the marked items in your cart first.' : undefined}
        onFix={fix}
        onPlaced={placed}
        onRefused={readAgain}
      />
    </>
  )
}
