import { Id } from '@souk/kernel/id'
import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'
import { LocationRef, linesOf, MAX_QUANTITY, Note, Person, Sku } from './line.ts'

export const countStatuses = ['open', 'posted', 'cancelled'] as const
export const StockCount = z.object({
  id: Id,
  status: z.enum(countStatuses),
  location: LocationRef,
  note: z.string().nullable(),
  /** `expected` is what the books said when the figure was entered; what moved later is no difference. */
  lines: z.array(z.object({ sku: z.string(), counted: z.int(), expected: z.int(), countedAt: z.string() })),
  createdBy: Person,
  createdAt: z.string(),
  closedBy: Person.nullable(),
  closedAt: z.string().nullable(),
})
export type StockCount = z.infer<typeof StockCount>
export const OpenCount = z.strictObject({ locationId: Id, note: Note.optional() })
/** A SKU that is entered again has been counted again. */
export const EnterCounted = z.strictObject({
  id: Id,
  lines: linesOf(z.strictObject({ sku: Sku, counted: z.int().min(0).max(MAX_QUANTITY) })),
})
export const ListCounts = z.strictObject({ status: z.enum(countStatuses).optional(), ...PageInput })
