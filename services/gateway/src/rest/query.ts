import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'

/** Query values are texts: these read them strictly and then check what they say. */

export function wholeNumber(schema: z.ZodType<number>) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    schema,
  )
}

export const yesOrNo = z.preprocess((value) => {
  if (value === 'true' || value === '1') return true
  return value === 'false' || value === '0' ? false : value
}, z.boolean())

/** `colour=oat&colour=white` and `colour=oat,white` mean the same. */
export function listOf<Item extends z.ZodType>(item: Item, max: number) {
  return z.preprocess(
    (value) =>
      [value]
        .flat()
        .flatMap((part) =>
          typeof part === 'string' ? part.split(',').filter((text) => text !== '') : [part],
        ),
    z.array(item).max(max),
  )
}

export const pageQuery = {
  limit: wholeNumber(z.int().min(1).max(100)).default(24),
  cursor: PageInput.cursor,
}
