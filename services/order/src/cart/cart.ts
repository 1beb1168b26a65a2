import { AppError } from '@souk/kernel/errors'
import { MAX_LINE_QUANTITY, MAX_LINES } from '../contract.ts'

export type CartItem = { sku: string; quantity: number }
export type Cart = { id: string; userId: string | null; items: CartItem[]; version: number; updatedAt: Date }

/** More of what is there, or a new line at the end. A line holds 999 pieces at most. */
export function addItem(items: readonly CartItem[], added: CartItem): CartItem[] {
  const present = items.find((item) => item.sku === added.sku)
  if (!present && items.length >= MAX_LINES) {
    throw new AppError('INVALID_STATE', `A cart holds ${MAX_LINES} different items at most.`)
  }
  if (!present) return [...items, capped(added)]
  return items.map((item) =>
    item === present ? capped({ ...item, quantity: item.quantity + added.quantity }) : item,
  )
}

/** Zero removes the line. An item that is not in the cart is added. */
export function setQuantity(items: readonly CartItem[], wanted: CartItem): CartItem[] {
  if (wanted.quantity === 0) return items.filter((item) => item.sku !== wanted.sku)
  if (!items.some((item) => item.sku === wanted.sku)) return addItem(items, wanted)
  return items.map((item) => (item.sku === wanted.sku ? capped(wanted) : item))
}

/** What a guest gathered joins the customer's cart; of an item in both the larger quantity stays, so that merging twice adds nothing. */
export function mergeItems(own: readonly CartItem[], guest: readonly CartItem[]): CartItem[] {
  const merged = own.map((item) => {
    const other = guest.find((candidate) => candidate.sku === item.sku)
    return other ? { ...item, quantity: Math.max(item.quantity, other.quantity) } : item
  })
  const added = guest.filter((item) => !own.some((candidate) => candidate.sku === item.sku))
  return [...merged, ...added].slice(0, MAX_LINES)
}

function capped(item: CartItem): CartItem {
  return { ...item, quantity: Math.min(item.quantity, MAX_LINE_QUANTITY) }
}
