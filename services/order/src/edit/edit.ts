import { AppError } from '@souk/kernel/errors'
import { canMoveEdit, type OrderEditStatus, type RemovedPiece } from '../contract.ts'

export type OrderEdit = {
  id: string
  orderId: string
  status: OrderEditStatus
  actor: string
  note: string | null
  removed: RemovedPiece[]
  loweredMinor: number
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
