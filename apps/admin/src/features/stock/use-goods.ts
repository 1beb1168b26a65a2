'use client'

import type { StockProduct } from '@souk/api/stock-products'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'

/** The products behind the SKUs of a document. */
export function useGoods(skus: readonly string[]): (sku: string) => StockProduct | null {
  const api = useApi()
  const wanted = [...new Set(skus)].sort().slice(0, 200)
  const products = useQuery({
    ...api.admin.stock.products.queryOptions({ skus: wanted }),
    enabled: wanted.length > 0,
    staleTime: 60_000,
  })
  return (sku) => products.data?.items.find((item) => item.sku === sku) ?? null
}
