import { Id } from '@souk/kernel/id'
import { z } from 'zod'

export const Sku = z.string().min(1).max(64)
/** At most this many lines in one transfer, count or receipt. */
const MAX_LINES = 200
/** Far below 2^31, so that sums of one column stay within an integer. */
export const MAX_QUANTITY = 1_000_000
export const Line = z.strictObject({ sku: Sku, quantity: z.int().min(1).max(MAX_QUANTITY) })

export const Note = z.string().trim().max(200)
/** One line per SKU, so that nobody wonders which of two counts. */
export function linesOf<Shape extends z.ZodType<{ sku: string }>>(line: Shape) {
  return z
    .array(line)
    .min(1)
    .max(MAX_LINES)
    .superRefine((lines, check) => {
      const seen = new Set<string>()
      for (const [index, { sku }] of lines.entries()) {
        if (seen.has(sku))
          check.addIssue({ code: 'custom', path: [index, 'sku'], message: 'Stands twice here' })
        seen.add(sku)
      }
    })
}

export const Person = z.string()
export const LocationRef = z.object({ id: Id, code: z.string(), name: z.string() })
