import { Id } from '@souk/kernel/id'
import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'
import { Line, LocationRef, linesOf, Note, Person } from './line.ts'

export const Receipt = z.object({
  id: Id,
  location: LocationRef,
  reference: z.string().nullable(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
  createdBy: Person,
  createdAt: z.string(),
})
export type Receipt = z.infer<typeof Receipt>
export const CreateReceipt = z.strictObject({
  locationId: Id,
  reference: Note.optional(),
  lines: linesOf(Line),
})
export const ListReceipts = z.strictObject(PageInput)
