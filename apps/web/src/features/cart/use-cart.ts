'use client'

import type { SoukClient } from '@souk/api/client'
import { readSoukError } from '@souk/api/client-error'
import type { Cart } from '@souk/order/contract'
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useShop } from '../../browser/shop-provider.tsx'
import { forgetCartId, keepCartId, readCartId } from './cart-id.ts'
import { withLineAt, withQuantity } from './optimistic-cart.ts'

export const cartKey = ['cart'] as const
type Line = Cart['lines'][number]

export function useCart() {
  const { client, customer } = useShop()
  return useQuery({ queryKey: cartKey, queryFn: () => loadCart(client, customer !== null) })
}

/** A guest's cart joins the customer's on the first look after signing in. */
async function loadCart(client: SoukClient, isSignedIn: boolean): Promise<Cart | null> {
  const guestId = readCartId()
  if (!isSignedIn && !guestId) return null
  try {
    if (!isSignedIn || !guestId) return await client.cart.get.query({ cartId: guestId })
    const merged = await client.cart.merge.mutate({ cartId: guestId })
    forgetCartId()
    return merged
  } catch (error) {
    if (readSoukError(error).code !== 'NOT_FOUND') throw error
    // The id belongs to nobody any more, or to somebody else: start again without it.
    forgetCartId()
    return isSignedIn ? await client.cart.get.query({}) : null
  }
}

export function useAddToCart() {
  const { client, customer } = useShop()
  const queries = useQueryClient()
  return useMutation({
    mutationKey: cartKey,
    scope: { id: 'cart' },
    mutationFn: (input: { sku: string; quantity: number }) =>
      client.cart.addItem.mutate({ ...cartRef(customer !== null), ...input }),
    onSuccess: (cart) => settle(queries, cart),
  })
}

type QuantityChange = {
  sku: string
  quantity: number /** Puts a removed line back in its place. */
  restore?: { line: Line; index: number }
}

/** Shown at once, sent in order; when one fails the true cart is read again. */
export function useSetQuantity() {
  const { client, customer } = useShop()
  const queries = useQueryClient()
  return useMutation({
    mutationKey: cartKey,
    scope: { id: 'cart' },
    mutationFn: ({ sku, quantity }: QuantityChange) =>
      client.cart.setQuantity.mutate({ ...cartRef(customer !== null), sku, quantity }),
    onMutate: async ({ sku, quantity, restore }: QuantityChange) => {
      await queries.cancelQueries({ queryKey: cartKey })
      queries.setQueryData<Cart | null>(cartKey, (cart) => {
        if (!cart) return cart
        return restore ? withLineAt(cart, restore.line, restore.index) : withQuantity(cart, sku, quantity)
      })
    },
    onSuccess: (cart) => settle(queries, cart),
    onError: () => queries.invalidateQueries({ queryKey: cartKey }),
  })
}

function cartRef(isSignedIn: boolean): { cartId?: string } {
  const guestId = readCartId()
  return isSignedIn || !guestId ? {} : { cartId: guestId }
}

/** An earlier answer must not undo what was shown for a later change that is still on its way. */
function settle(queries: QueryClient, cart: Cart): void {
  if (cart.userId === null) keepCartId(cart.id)
  if (queries.isMutating({ mutationKey: cartKey }) <= 1) queries.setQueryData(cartKey, cart)
}
