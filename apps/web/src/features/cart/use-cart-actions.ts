'use client'

import type { Cart } from '@souk/order/contract'
import { useToast } from '@souk/ui/toast'
import { useSetQuantity } from './use-cart.ts'

type Line = Cart['lines'][number]

/** What can be done to a line. A removal can be taken back. */
export function useCartActions(cart: Cart | null | undefined) {
  const change = useSetQuantity()
  const toast = useToast()

  function remove(line: Line): void {
    const index = cart?.lines.findIndex(({ sku }) => sku === line.sku) ?? 0
    change.mutate({ sku: line.sku, quantity: 0 })
    const undo = () => change.mutate({ sku: line.sku, quantity: line.quantity, restore: { line, index } })
    toast({ text: `${line.name} removed.`, action: { label: 'Undo', onPress: undo } })
  }

  return {
    remove,
    setQuantity: (line: Line, quantity: number) => change.mutate({ sku: line.sku, quantity }),
    error: change.error,
    isSaving: change.isPending,
  }
}
