'use client'

import { useQuery } from '@tanstack/react-query'
import { useShop } from '../../browser/shop-provider.tsx'

/** How one can pay here, as the provider has it today. */
export function usePaymentMethods() {
  const { client } = useShop()
  return useQuery({
    queryKey: ['payment-methods'],
    queryFn: () => client.payment.methods.query(),
    staleTime: 5 * 60_000,
  })
}
