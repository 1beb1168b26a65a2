'use client'

import { readSoukError } from '@souk/api/client-error'
import type { OrderQuote } from '@souk/order/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useShop } from '../../browser/shop-provider.tsx'
import { shareOf } from './credit-share.ts'

const creditKey = ['credit'] as const

/** The gift card and the store credit of this checkout, and what they pay of the total. */
export function useCredit(quote: OrderQuote | undefined) {
  const { client, customer } = useShop()
  const queries = useQueryClient()
  const [code, setCode] = useState<string>()
  const [usesStoreCredit, setUsesStoreCredit] = useState(false)
  const card = useQuery({
    queryKey: [...creditKey, 'card', code],
    queryFn: async () => await client.credit.check.mutate({ code: code ?? '' }),
    enabled: code !== undefined,
    retry: false,
    staleTime: 30_000,
  })
  const own = useQuery({
    queryKey: [...creditKey, 'own'],
    queryFn: async () => await client.credit.mine.query(),
    enabled: customer !== null,
    retry: false,
  })
  const isCardKnown = code !== undefined && card.isSuccess
  const ownMinor = own.data?.balance.amount ?? 0
  const totalMinor = quote?.totals.total.amount ?? 0
  const cardMinor = isCardKnown ? card.data.balance.amount : 0
  const share = shareOf(totalMinor, cardMinor, usesStoreCredit ? ownMinor : 0)
  const currency = quote?.totals.total.currency ?? 'EUR'
  return {
    card: isCardKnown ? card.data : undefined,
    error: code !== undefined && card.error ? readSoukError(card.error).message : undefined,
    isChecking: code !== undefined && card.isFetching,
    setCode,
    ownMinor,
    usesStoreCredit,
    setUsesStoreCredit,
    share,
    coversAll: quote !== undefined && share.credit > 0 && share.rest === 0,
    /** What the order says of it. */
    orderFields:
      share.credit === 0
        ? {}
        : {
            ...(isCardKnown && share.giftCard > 0 ? { giftCardCode: code } : {}),
            ...(share.storeCredit > 0 ? { useStoreCredit: true } : {}),
            expectedCredit: { amount: share.credit, currency },
          },
    /** Somebody else may have spent it meanwhile. */
    lookAgain: () => void queries.invalidateQueries({ queryKey: creditKey }),
  }
}

export type CheckoutCredit = ReturnType<typeof useCredit>
