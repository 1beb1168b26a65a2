import { z } from 'zod'

/**
 * What the card fields page and the shop's page say to each other by postMessage. The page is
 * `<SANDBOX_PUBLIC_URL>/fields?origin=<the shop's origin>&theme=light|dark`, in an iframe. Both sides
 * check the origin of every message.
 */
export const FieldsPageMessage = z.discriminatedUnion('type', [
  /** The fields can be used. `height` in CSS pixels, for the frame. */
  z.object({ type: z.literal('souk.fields.ready'), height: z.number() }),
  z.object({ type: z.literal('souk.fields.resize'), height: z.number() }),
  z.object({ type: z.literal('souk.fields.change'), isComplete: z.boolean(), brand: z.string().nullable() }),
  /** Somebody pressed Enter inside the fields: do what the pay button does. */
  z.object({ type: z.literal('souk.fields.submit') }),
  /** The answer to `tokenize` with the same id. */
  z.object({
    type: z.literal('souk.fields.token'),
    id: z.string(),
    token: z.string(),
    card: z.object({ brand: z.string().nullable(), last4: z.string() }),
  }),
  /** The other answer to `tokenize`: the fields already show what is wrong. */
  z.object({
    type: z.literal('souk.fields.invalid'),
    id: z.string(),
    errors: z.array(z.object({ field: z.enum(['number', 'expiry', 'cvc', 'form']), message: z.string() })),
  }),
])
export type FieldsPageMessage = z.infer<typeof FieldsPageMessage>

export type ShopMessage =
  | { type: 'souk.fields.tokenize'; id: string }
  | { type: 'souk.fields.focus' }
  | { type: 'souk.fields.theme'; theme: 'light' | 'dark' }
