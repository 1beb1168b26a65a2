'use client'

import type { Order } from '@souk/order/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'

/** The commands of an order. The answer is on the screen at once; lists and figures are asked for again. */
export function useOrderWrites(onDone: (order: Order) => void) {
  const api = useApi()
  const queries = useQueryClient()
  const onSuccess = (order: Order) => {
    queries.setQueryData(api.admin.order.get.queryKey({ id: order.id }), order)
    void queries.invalidateQueries(api.admin.order.list.pathFilter())
    void queries.invalidateQueries(api.admin.payment.pathFilter())
    void queries.invalidateQueries(api.admin.report.pathFilter())
    onDone(order)
  }
  // Somebody else may have been faster: show how the order stands now beside the refusal.
  const onError = () => void queries.invalidateQueries(api.admin.order.get.pathFilter())
  return {
    changeStatus: useMutation(api.admin.order.changeStatus.mutationOptions({ onSuccess, onError })),
    ship: useMutation(api.admin.order.ship.mutationOptions({ onSuccess, onError })),
    correctShipment: useMutation(api.admin.order.correctShipment.mutationOptions({ onSuccess, onError })),
    deliverShipment: useMutation(api.admin.order.deliverShipment.mutationOptions({ onSuccess, onError })),
    edit: useMutation(api.admin.order.edit.mutationOptions({ onSuccess, onError })),
    retryEdit: useMutation(api.admin.order.retryEdit.mutationOptions({ onSuccess, onError })),
    withdrawFollowUp: useMutation(api.admin.order.withdrawFollowUp.mutationOptions({ onSuccess, onError })),
    cancelRest: useMutation(api.admin.order.cancelRest.mutationOptions({ onSuccess, onError })),
    cancel: useMutation(api.admin.order.cancel.mutationOptions({ onSuccess, onError })),
  }
}
