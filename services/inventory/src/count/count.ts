import { AppError, notFound } from '@souk/kernel/errors'
import type { StockCount } from '../contract.ts'
import type { Change } from '../stock/movement-store.ts'
import { type LevelAt, MAX_ON_HAND } from '../stock/stock.ts'

export function assertOpen(count: StockCount | undefined): asserts count is StockCount {
  if (!count) throw notFound('count')
  if (count.status !== 'open') {
    throw new AppError('INVALID_STATE', `This count is ${count.status}. Open a new one to count again.`)
  }
}

/**
 * What was found more or less than the books said at that moment. It is applied to what is there now, so a
 * sale between counting and posting stays a sale. What orders hold cannot be counted away: those orders have
 * to be dealt with first.
 */
export function differencesOf(count: StockCount, levels: ReadonlyMap<string, LevelAt>): Change[] {
  const errors: { path: string; message: string }[] = []
  const changes = count.lines.flatMap(({ sku, counted, expected }, index): Change[] => {
    const difference = counted - expected
    if (difference === 0) return []
    const { onHand, reserved } = levels.get(sku) ?? { onHand: 0, reserved: 0 }
    const after = onHand + difference
    if (after < reserved || after > MAX_ON_HAND) {
      const message =
        after < reserved ? `Orders hold ${reserved} here, and only ${after} would be left` : 'Too many'
      errors.push({ path: `lines.${index}.counted`, message })
    }
    return [
      {
        sku,
        locationId: count.location.id,
        kind: 'adjustment',
        onHandDelta: difference,
        documentId: count.id,
        reason: 'counted',
      },
    ]
  })
  const [first] = errors
  if (first) {
    const at = count.lines[Number(first.path.split('.')[1])]
    throw new AppError('INVALID_STATE', `${at?.sku}: ${first.message}. Nothing was posted.`, {
      details: { reason: 'invalid_state', errors },
    })
  }
  return changes
}
