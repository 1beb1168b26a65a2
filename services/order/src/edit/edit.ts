import { AppError } from '@souk/kernel/errors'
import { type Currency, formatMoney, money } from '@souk/kernel/money'
import { canMoveEdit, type OrderEditStatus, type RemovedPiece } from '../contract.ts'

/** What the shares of the parcels leave of the total, and whether all of them had arrived. */
export type Completes = { lastShareMinor: number; isDelivered: boolean }

export type OrderEdit = {
  id: string
  orderId: string
  status: OrderEditStatus
  actor: string
  note: string | null
  removed: RemovedPiece[]
  /** Of an edit that cancels what has not left. */
  completes: Completes | null
  loweredMinor: number
  /** What of it pays for what was added. */
  movedMinor: number
  /** What payment knows it by; another one after a refusal. */
  refundId: string
  refundProblem: string | null
  requestHash: string
  createdAt: Date
}

/** The edit in its next status, when the table has such a step. */
export function moveEdit(current: OrderEdit, to: OrderEditStatus): OrderEdit {
  if (canMoveEdit(current.status, to)) return { ...current, status: to }
  throw new AppError('INVALID_STATE', `An edit that is ${current.status} cannot become ${to}.`, {
    details: { reason: 'invalid_state', status: current.status },
  })
}

export type Added = {
  pieces: readonly RemovedPiece[]
  movedMinor: number
  toPayMinor: number
  isCod: boolean
}

/** The line of the timeline. */
export function noteOfEdit(
  { removed, loweredMinor, note }: OrderEdit,
  added: Added | undefined,
  currency: Currency,
): string {
  const amount = (minor: number) => formatMoney(money(minor, currency))
  const parts = [
    ...(removed.length === 0 ? [] : [`Taken out: ${listOf(removed)} (${amount(loweredMinor)} less)`]),
    ...(added ? [`Added: ${listOf(added.pieces)} (${amount(added.toPayMinor)} to pay)`] : []),
  ]
  return [...parts, ...(note === null ? [] : [note])].join('. ')
}

export function listOf(pieces: readonly RemovedPiece[]): string {
  return pieces
    .map(
      ({ quantity, name, optionsLabel }) =>
        `${quantity} × ${[name, optionsLabel].filter((part) => part !== '').join(', ')}`,
    )
    .join('; ')
}
