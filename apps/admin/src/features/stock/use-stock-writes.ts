'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'

/** After a change of goods every list about goods is asked again. */
export function useStockRefresh(): () => void {
  const api = useApi()
  const queries = useQueryClient()
  return () => {
    for (const part of [
      api.admin.stock,
      api.admin.location,
      api.admin.transfer,
      api.admin.count,
      api.admin.receipt,
    ]) {
      void queries.invalidateQueries(part.pathFilter())
    }
  }
}
