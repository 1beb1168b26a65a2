import { Id } from '@souk/kernel/id'
import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'
import { Line, LocationRef, linesOf, MAX_QUANTITY, Note, Person, Sku } from './line.ts'

export const transferStatuses = ['dispatched', 'received'] as const
export const Transfer = z.object({
  id: Id,
  status: z.enum(transferStatuses),
  from: LocationRef,
  to: LocationRef,
  note: z.string().nullable(),
  /** `received` is null while the goods are on their way. */
  lines: z.array(z.object({ sku: z.string(), quantity: z.int(), received: z.int().nullable() })),
  createdBy: Person,
  createdAt: z.string(),
  receivedBy: Person.nullable(),
  receivedAt: z.string().nullable(),
})
export type Transfer = z.infer<typeof Transfer>
export const CreateTransfer = z
  .strictObject({
    fromLocationId: Id,
    toLocationId: Id,
    lines: linesOf(Line),
    note: Note.optional(),
    /** The goods are there at once: nothing is in transit. */
    isReceived: z.boolean().default(false),
  })
  .refine((transfer) => transfer.fromLocationId !== transfer.toLocationId, {
    path: ['toLocationId'],
    message: 'The same location twice',
  })
/** Lines that are left out arrived as they were sent. */
export const ReceiveTransfer = z.strictObject({
  id: Id,
  lines: linesOf(z.strictObject({ sku: Sku, received: z.int().min(0).max(MAX_QUANTITY) })).optional(),
})
export const ListTransfers = z.strictObject({ status: z.enum(transferStatuses).optional(), ...PageInput })
