import { Id } from '@souk/kernel/id'
import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'
import { Line, LocationRef, linesOf, MAX_QUANTITY, Note, Person, Sku } from './line.ts'

/** `cancelled`: nothing arrived; all came back or was given up. */
export const transferStatuses = ['dispatched', 'received', 'cancelled'] as const
export const Transfer = z.object({
  id: Id,
  status: z.enum(transferStatuses),
  from: LocationRef,
  to: LocationRef,
  note: z.string().nullable(),
  lines: z.array(
    z.object({
      sku: z.string(),
      quantity: z.int(),
      /** Null as long as nobody has said what arrived. */
      received: z.int().nullable(),
      /** Back where they came from. */
      returned: z.int(),
      /** Given up and written off. */
      lost: z.int(),
      /** Neither here nor there: on their way, or missing when the others arrived. */
      missing: z.int(),
    }),
  ),
  createdBy: Person,
  createdAt: z.string(),
  receivedBy: Person.nullable(),
  receivedAt: z.string().nullable(),
  cancelledBy: Person.nullable(),
  cancelledAt: z.string().nullable(),
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
/** Lines that are left out arrived as they are on their way. */
export const ReceiveTransfer = z.strictObject({
  id: Id,
  lines: linesOf(z.strictObject({ sku: Sku, received: z.int().min(0).max(MAX_QUANTITY) })).optional(),
})
/** Without lines, all that is missing. */
export const ResolveTransfer = z.strictObject({
  id: Id,
  lines: linesOf(Line).optional(),
  note: Note.optional(),
})
export type ResolveTransfer = z.output<typeof ResolveTransfer>
export const ListTransfers = z.strictObject({ status: z.enum(transferStatuses).optional(), ...PageInput })
