import { z } from 'zod'

const line = (max: number) => z.string().trim().min(1).max(max)

/** A postal address. `country` is ISO 3166-1 alpha-2 in capitals. */
export const Address = z.strictObject({
  name: line(120),
  line1: line(200),
  line2: line(200).optional(),
  city: line(120),
  postalCode: line(20),
  region: line(120).optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'Two capital letters, such as DE'),
  phone: z
    .string()
    .trim()
    .max(40)
    .regex(/^[+0-9 ()./-]+$/, 'Digits, spaces and + ( ) . / - only')
    .optional(),
})
export type Address = z.infer<typeof Address>

/** Lower-cased and trimmed: two spellings of one mailbox are one account. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
