import { AppError } from '@souk/kernel/errors'
import type { Transfer } from '../contract.ts'
import type { Change } from '../stock/movement-store.ts'
import type { LevelAt, Line } from '../stock/stock.ts'

/** Only what is free can be sent: pieces that orders hold stay where the orders expect them. */
export function assertCanSend(levels: ReadonlyMap<string, LevelAt>, lines: readonly Line[]): void {
  const short = lines.flatMap(({ sku, quantity }, index) => {
    const level = levels.get(sku)
    const free = level ? level.onHand - level.reserved : 0
    return quantity > free ? [{ sku, requested: quantity, free, index }] : []
  })
  const [first] = short
  if (!first) return
  throw new AppError('INVALID_STATE', `Only ${first.free} of ${first.sku} can leave this location.`, {
    details: {
      reason: 'invalid_state',
      errors: short.map(({ index, free }) => ({
        path: `lines.${index}.quantity`,
        message: `Only ${free} can leave`,
      })),
    },
  })
}

/** What arrived, for every line that was sent. */
export function readArrival(
  transfer: Pick<Transfer, 'lines'>,
  given: readonly { sku: string; received: number }[],
): { sku: string; sent: number; received: number }[] {
  const bySku = new Map(given.map(({ sku, received }) => [sku, received]))
  const strangers = given.flatMap(({ sku }, index) =>
    transfer.lines.some((line) => line.sku === sku)
      ? []
      : [{ path: `lines.${index}.sku`, message: 'Not in this transfer' }],
  )
  if (strangers.length > 0) {
    throw new AppError('INVALID_INPUT', 'Something is said to have arrived that was not sent.', {
      details: { errors: strangers },
    })
  }
  return transfer.lines.map(({ sku, quantity }) => ({
    sku,
    sent: quantity,
    received: bySku.get(sku) ?? quantity,
  }))
}

/** All that was sent arrives, so that both halves balance; what is missing or too much is a movement of its own. */
export function arrivalChanges(
  transfer: { id: string; toLocationId: string },
  arrival: readonly { sku: string; sent: number; received: number }[],
): Change[] {
  return arrival.flatMap(({ sku, sent, received }): Change[] => {
    const at = { sku, locationId: transfer.toLocationId, documentId: transfer.id }
    const difference = received - sent
    return [
      { ...at, kind: 'transfer_in', onHandDelta: sent },
      ...(difference === 0
        ? []
        : [
            {
              ...at,
              kind: 'adjustment' as const,
              onHandDelta: difference,
              reason: difference < 0 ? 'missing in transfer' : 'too many in transfer',
            },
          ]),
    ]
  })
}
