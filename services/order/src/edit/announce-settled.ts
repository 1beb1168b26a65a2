import type { Announcement } from '../order/announcement.ts'
import type { OrderEdit } from './edit.ts'

/** What is told when the money of an edit is settled. An order without its rest is complete then. */
export function settled({ id, completes }: OrderEdit, problem: string | null): Announcement[] {
  const isComplete = completes !== null && problem === null
  return [
    {
      name: 'order.edit_settled',
      editId: id,
      problem,
      ...(isComplete ? { lastShareMinor: completes.lastShareMinor } : {}),
    },
    ...(isComplete && completes.isDelivered ? [{ name: 'order.delivered' } as const] : []),
  ]
}
