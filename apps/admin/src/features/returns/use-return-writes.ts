'use client'

import type { ReturnDetail } from '@souk/order/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'

/** The commands of a return. The answer is on the screen at once; its order, stock and lists are asked for again. */
export function useReturnWrites(onDone: (detail: ReturnDetail) => void) {
  const api = useApi()
  const queries = useQueryClient()
  const onSuccess = (detail: ReturnDetail) => {
    queries.setQueryData(api.admin.return.get.queryKey({ id: detail.id }), detail)
    void queries.invalidateQueries(api.admin.return.list.pathFilter())
    void queries.invalidateQueries(api.admin.order.pathFilter())
    void queries.invalidateQueries(api.admin.payment.pathFilter())
    onDone(detail)
  }
  // Somebody else may have been faster: show how the return stands now beside the refusal.
  const onError = () => void queries.invalidateQueries(api.admin.return.get.pathFilter())
  return {
    approve: useMutation(api.admin.return.approve.mutationOptions({ onSuccess, onError })),
    decline: useMutation(api.admin.return.decline.mutationOptions({ onSuccess, onError })),
    exchange: useMutation(api.admin.return.exchange.mutationOptions({ onSuccess, onError })),
    receive: useMutation(api.admin.return.receive.mutationOptions({ onSuccess, onError })),
    refund: useMutation(api.admin.return.refund.mutationOptions({ onSuccess, onError })),
  }
}
