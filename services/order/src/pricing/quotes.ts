import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import type { QuotedVariant } from '@souk/product/contract'
import { gather } from '@souk/service/gather'
import { backgroundScope, runInRequest } from '@souk/service/request'

/** What product says of these SKUs today; those that are not for sale are left out. */
export type Quotes = (skus: readonly string[]) => Promise<QuotedVariant[]>

/** So many SKUs product answers at once. */
const mostSkus = 100
const maxItems = 200
const maxWaiting = 5000

/** Every cart and every purchase asks for prices: those that ask at the same moment share a call. */
export function createQuotes(ask: Quotes): Quotes {
  return gather<readonly string[], QuotedVariant[]>({
    maxItems,
    maxWaiting,
    isOutage: (error) => error instanceof AppError && error.code === 'UNAVAILABLE',
    run: async (askers) => {
      const asked = [...new Map(askers.flat().map((sku) => [sku.toLowerCase(), sku])).values()]
      const parts = Array.from({ length: Math.ceil(asked.length / mostSkus) }, (_, part) =>
        asked.slice(part * mostSkus, (part + 1) * mostSkus),
      )
      // As this service: the call belongs to no single request, and its time does not run out with one.
      const answers = await runInRequest(
        backgroundScope('order', newId()),
        async () => await Promise.all(parts.map(ask)),
      )
      const bySku = new Map(answers.flat().map((variant) => [variant.sku.toLowerCase(), variant]))
      return askers.map((skus) =>
        [...new Set(skus.map((sku) => sku.toLowerCase()))].flatMap((sku) => bySku.get(sku) ?? []),
      )
    },
  })
}
