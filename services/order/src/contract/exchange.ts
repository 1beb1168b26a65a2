import { Id } from '@souk/kernel/id'
import { Money } from '@souk/kernel/money'
import { z } from 'zod'
import { MAX_LINES, Sku } from './item.ts'

/** The variant that is sent instead of one that comes back. */
export const ExchangeVariant = z.object({
  sku: z.string(),
  name: z.string(),
  optionsLabel: z.string(),
  imageUrl: z.string().nullable(),
})
export type ExchangeVariant = z.infer<typeof ExchangeVariant>

/** All lines of a return that are exchanged, and for what; the money of all others goes back. */
export const ExchangeWishes = z
  .array(z.strictObject({ sku: Sku, exchangeFor: Sku }))
  .max(MAX_LINES)
  .refine((wishes) => new Set(wishes.map(({ sku }) => sku)).size === wishes.length, 'Each SKU once')
export type ExchangeWishes = z.output<typeof ExchangeWishes>

/** No wishes at all withdraw the exchange: its goods are free again and the money goes back. */
export const ChangeExchange = z.strictObject({
  id: Id,
  /** Chosen by the caller: what is held is held under it once. */
  exchangeId: Id,
  exchange: ExchangeWishes,
})
export type ChangeExchange = z.output<typeof ChangeExchange>

export const ListExchangeOptions = z.strictObject({
  id: Id,
  orderToken: z.string().max(200).optional(),
  sku: Sku,
})
export type ListExchangeOptions = z.output<typeof ListExchangeOptions>

/** What one piece of a line can be exchanged for: the variants of its product as they are sold today. */
export const ExchangeOption = ExchangeVariant.omit({ imageUrl: true }).extend({
  /** The same variant again. */
  isSame: z.boolean(),
  /** Whether it can be had now. It is held from the moment the return is approved. */
  isAvailable: z.boolean(),
  /** What would be paid on top of what was paid for the piece, and what would go back. */
  toPay: Money,
  refund: Money,
})
export type ExchangeOption = z.infer<typeof ExchangeOption>
export const ExchangeOptions = z.object({ items: z.array(ExchangeOption) })
export type ExchangeOptions = z.infer<typeof ExchangeOptions>
