import { AppError } from '@souk/kernel/errors'
import type { MovementKind } from '../contract.ts'

export type Line = { sku: string; quantity: number }
export type LevelAt = { locationId: string; onHand: number; reserved: number }
export type Outstanding = { sku: string; locationId: string; quantity: number }

/** Far above any shop, far below what the column holds. */
export const MAX_ON_HAND = 1_000_000_000

/** One line per SKU, sorted: two requests that mean the same become the same. */
export function mergeLines(lines: readonly Line[]): Line[] {
  const quantities = new Map<string, number>()
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity)
  return [...quantities]
    .map(([sku, quantity]) => ({ sku, quantity }))
    .sort((a, b) => (a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : 0))
}

/** How the ledger calls a change that a person made. */
export function kindOfAdjustment(reason: string, delta: number): MovementKind {
  if (delta > 0 && reason === 'received') return 'receipt'
  if (delta > 0 && reason === 'returned') return 'return'
  return 'adjustment'
}

/** Pieces that are promised to orders cannot be taken away. */
export function assertCanAdjust(level: LevelAt, delta: number): void {
  const onHand = level.onHand + delta
  if (onHand < level.reserved) {
    const free = level.onHand - level.reserved
    const held = level.reserved === 0 ? '' : ` ${level.reserved} more are reserved for orders.`
    throw new AppError('INVALID_STATE', `Only ${free} can be taken away here.${held}`, {
      details: { reason: 'invalid_state', onHand: level.onHand, reserved: level.reserved, free },
    })
  }
  if (onHand > MAX_ON_HAND) {
    throw new AppError('INVALID_STATE', `No location holds more than ${MAX_ON_HAND} pieces of one SKU.`)
  }
}

/** Pieces that came back to another place than the one they left are taken off what is out elsewhere. */
export function stillOut(moved: readonly Outstanding[]): Outstanding[] {
  const cameBack = new Map<string, number>()
  for (const { sku, quantity } of moved) {
    if (quantity < 0) cameBack.set(sku, (cameBack.get(sku) ?? 0) - quantity)
  }
  return moved.flatMap((row) => {
    if (row.quantity <= 0) return []
    const settled = Math.min(row.quantity, cameBack.get(row.sku) ?? 0)
    cameBack.set(row.sku, (cameBack.get(row.sku) ?? 0) - settled)
    return row.quantity > settled ? [{ ...row, quantity: row.quantity - settled }] : []
  })
}

/** The same pieces at places that are open: what belonged to a closed one goes to `fallback`. */
export function redirect(
  placed: readonly Outstanding[],
  openIds: ReadonlySet<string>,
  fallback: string,
): Outstanding[] {
  const merged = new Map<string, Outstanding>()
  for (const { sku, locationId, quantity } of placed) {
    const target = openIds.has(locationId) ? locationId : fallback
    const key = `${sku}\n${target}`
    merged.set(key, { sku, locationId: target, quantity: quantity + (merged.get(key)?.quantity ?? 0) })
  }
  return [...merged.values()]
}

/**
 * Where returned pieces go: back to the locations they were sold from. More than an order still has out
 * cannot come back.
 */
export function placeReturn(outstanding: readonly Outstanding[], lines: readonly Line[]): Outstanding[] {
  return mergeLines(lines).flatMap(({ sku, quantity }) => {
    let left = quantity
    const placed: Outstanding[] = []
    for (const source of outstanding) {
      if (source.sku !== sku || left === 0) continue
      const taken = Math.min(left, source.quantity)
      if (taken > 0) placed.push({ ...source, quantity: taken })
      left -= taken
    }
    if (left > 0) {
      throw new AppError('INVALID_STATE', `${quantity} of ${sku} cannot come back: the order has fewer out.`)
    }
    return placed
  })
}
