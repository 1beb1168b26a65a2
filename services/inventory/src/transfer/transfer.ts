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

/** What arrived, for every line: of those pieces that did not come back and were not given up before. */
export function readArrival(
  transfer: Pick<Transfer, 'lines'>,
  given: readonly { sku: string; received: number }[],
): { sku: string; sent: number; received: number }[] {
  assertSent(transfer, given)
  const bySku = new Map(given.map(({ sku, received }) => [sku, received]))
  return transfer.lines.map(({ sku, missing }) => ({
    sku,
    sent: missing,
    received: bySku.get(sku) ?? missing,
  }))
}

/** What comes back or is given up: pieces that are missing, all of them unless they are named. */
export function readMissing(
  transfer: Pick<Transfer, 'lines'>,
  given: readonly Line[] | undefined,
): { sku: string; quantity: number }[] {
  if (!given) {
    const all = transfer.lines.flatMap(({ sku, missing }) =>
      missing > 0 ? [{ sku, quantity: missing }] : [],
    )
    if (all.length === 0) throw new AppError('INVALID_STATE', 'Nothing of this transfer is missing.')
    return all
  }
  assertSent(transfer, given)
  const errors = given.flatMap(({ sku, quantity }, index) => {
    const missing = transfer.lines.find((line) => line.sku === sku)?.missing ?? 0
    return quantity > missing
      ? [{ path: `lines.${index}.quantity`, message: `Only ${missing} are missing` }]
      : []
  })
  if (errors.length > 0) {
    throw new AppError('INVALID_STATE', 'That many pieces of this transfer are not missing.', {
      details: { reason: 'invalid_state', errors },
    })
  }
  return [...given]
}

function assertSent(transfer: Pick<Transfer, 'lines'>, given: readonly { sku: string }[]): void {
  const errors = given.flatMap(({ sku }, index) =>
    transfer.lines.some((line) => line.sku === sku)
      ? []
      : [{ path: `lines.${index}.sku`, message: 'Not in this transfer' }],
  )
  if (errors.length > 0) {
    throw new AppError('INVALID_INPUT', 'Something is named that was not sent.', { details: { errors } })
  }
}

/**
 * The way back to where the goods came from. What is given up goes the same way and is written off there, so
 * that both halves of every transfer balance. What was missing when the others arrived is off the books
 * already: coming back, it is found.
 */
export function wayBack(
  transfer: Pick<Transfer, 'id' | 'status' | 'from'>,
  lines: readonly Line[],
  as: 'returned' | 'lost',
  step: { id: string; note: string | null },
): Change[] {
  return lines.flatMap(({ sku, quantity }): Change[] => {
    const at = { sku, locationId: transfer.from.id, documentId: transfer.id }
    const because = (reason: string) => (step.note === null ? reason : `${reason}: ${step.note}`)
    if (transfer.status === 'received') {
      const reason = because('missing in transfer, came back')
      return [{ ...at, kind: 'adjustment', onHandDelta: quantity, causeId: step.id, reason }]
    }
    const back: Change = {
      ...at,
      kind: 'transfer_in',
      onHandDelta: quantity,
      causeId: step.id,
      reason: because(as === 'lost' ? 'lost in transfer' : 'came back'),
    }
    // Without a cause of its own: the way back beside it is written once, and this with it.
    return as === 'lost'
      ? [back, { ...at, kind: 'write_off', onHandDelta: -quantity, reason: because('lost in transfer') }]
      : [back]
  })
}

/** All that was on its way arrives, so that both halves balance; what is missing or too much is a movement of its own. */
export function arrivalChanges(
  transfer: { id: string; toLocationId: string },
  arrival: readonly { sku: string; sent: number; received: number }[],
): Change[] {
  return arrival.flatMap(({ sku, sent, received }): Change[] => {
    const at = { sku, locationId: transfer.toLocationId, documentId: transfer.id }
    const difference = received - sent
    return [
      ...(sent === 0 ? [] : [{ ...at, kind: 'transfer_in' as const, onHandDelta: sent }]),
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
