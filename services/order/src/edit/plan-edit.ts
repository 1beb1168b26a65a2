import type { EditOrder, PreviewOrderEdit } from '../contract.ts'
import { acceptedPrice, type WantedLine } from '../follow-up/price-follow-up.ts'
import type { Order } from '../order/order.ts'
import { badInput, type Edited, edit, shippingPaidMinor } from './price-edit.ts'

/** What an edit asks for, put in terms of the order as it stands. */
export type EditPlan = Edited & {
  add: WantedLine[]
  /** What comes instead of everything takes over the shipping. */
  shippingMinor: number
  /** How much of the order's money may pay for what is added. */
  movableMinor: number
  /** What is added is paid on delivery, as the order is. */
  isCod: boolean
}

export function planEdit(order: Order, input: Pick<PreviewOrderEdit, 'items' | 'add'>): EditPlan {
  const add = wantedLines(order, input.add ?? [])
  const edited = edit(order, input.items, { isAdding: add.length > 0 })
  const isCaptured = order.payment?.status === 'captured'
  return {
    ...edited,
    add,
    shippingMinor: edited.order.lines.length === 0 ? shippingPaidMinor(order) : 0,
    movableMinor: isCaptured ? edited.loweredMinor : 0,
    isCod: !isCaptured && order.payment?.method.type === 'cod',
  }
}

/** What of the order's money pays for what is added, and what is left to pay. */
export function paidBy(plan: Pick<EditPlan, 'movableMinor' | 'isCod'>, addedMinor: number) {
  const movedMinor = plan.isCod ? 0 : Math.min(plan.movableMinor, addedMinor)
  return { movedMinor, toPayMinor: addedMinor - movedMinor }
}

function wantedLines(order: Order, add: NonNullable<EditOrder['add']>): WantedLine[] {
  return add.map(({ sku, quantity, pricedAs }, index) => {
    if (pricedAs === undefined) return { sku, quantity }
    const unitPrice = acceptedPrice(order, pricedAs)
    if (!unitPrice) throw badInput(`add.${index}.pricedAs`, `${pricedAs} is not part of this order.`)
    return { sku, quantity, unitPrice }
  })
}
