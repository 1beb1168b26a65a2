import type { Cart } from '@souk/order/contract'

type Line = Cart['lines'][number]

/** The cart as it will most likely be, shown until the shop has answered. */
export function withQuantity(cart: Cart, sku: string, quantity: number): Cart {
  const lines = cart.lines.flatMap((line) => {
    if (line.sku !== sku) return [line]
    return quantity <= 0 ? [] : [withLineQuantity(line, quantity)]
  })
  return withLines(cart, lines)
}

/** Puts a line back where it was, for "Undo". */
export function withLineAt(cart: Cart, line: Line, index: number): Cart {
  const others = cart.lines.filter((other) => other.sku !== line.sku)
  return withLines(cart, [...others.slice(0, index), line, ...others.slice(index)])
}

/** Lines the shopper has to settle before checkout. */
export function problemLines(cart: Cart): Line[] {
  return cart.lines.filter((line) => line.problem !== null)
}

function withLineQuantity(line: Line, quantity: number): Line {
  const total = { ...line.unitPrice, amount: line.unitPrice.amount * quantity }
  const isEnough = line.problem === 'not_enough' && line.available !== null && quantity <= line.available
  return { ...line, quantity, total, ...(isEnough ? { problem: null, available: null } : {}) }
}

function withLines(cart: Cart, lines: Line[]): Cart {
  return {
    ...cart,
    lines,
    itemCount: lines.reduce((count, line) => count + line.quantity, 0),
    subtotal: { ...cart.subtotal, amount: lines.reduce((sum, line) => sum + line.total.amount, 0) },
  }
}
