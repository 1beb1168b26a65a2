'use client'

import type { QuoteOrder } from '@souk/order/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { useShop } from '../../browser/shop-provider.tsx'

export const quoteKey = ['quote'] as const

/** What the order would cost as it stands. The last known figures stay in view while new ones are on their way. */
export function useQuote(input: z.input<typeof QuoteOrder>) {
  const { client } = useShop()
  return useQuery({
    queryKey: [...quoteKey, input],
    queryFn: () => client.checkout.quote.query(input),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    enabled: input.items.length > 0,
  })
}
