import { type Currency, money } from '@souk/kernel/money'
import type { OrderEdit as OrderEditView } from '../contract.ts'
import type { OrderEdit } from './edit.ts'

export function viewEdit(edit: OrderEdit, currency: Currency): OrderEditView {
  return {
    id: edit.id,
    status: edit.status,
    removed: edit.removed,
    isRest: edit.completes !== null,
    lowered: money(edit.loweredMinor, currency),
    refund: money(edit.loweredMinor - edit.movedMinor, currency),
    note: edit.note,
    problem: edit.refundProblem,
    createdAt: edit.createdAt.toISOString(),
  }
}
