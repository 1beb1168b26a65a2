'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useApi } from '../../data/api.tsx'
import { paths } from '../../paths.ts'

/** Asks for the order, its payment and its journal again whenever the server says that the order has changed. */
export function useOrderLive(id: string): void {
  const api = useApi()
  const queries = useQueryClient()
  useEffect(() => {
    const source = new EventSource(paths.orderEvents(id))
    source.addEventListener('order', () => {
      void queries.invalidateQueries(api.admin.order.pathFilter())
      void queries.invalidateQueries(api.admin.payment.pathFilter())
    })
    return () => source.close()
  }, [id, api, queries])
}
