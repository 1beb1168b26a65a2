'use client'

import { createSoukClient, type SoukClient } from '@souk/api/client'
import { readSoukError } from '@souk/api/client-error'
import { ToastProvider } from '@souk/ui/toast'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { paths } from '../paths.ts'
import { createAccessTokens } from './access-token.ts'

/** What the server tells the page at run time, so that one build serves any address. */
export type ShopConfig = {
  gatewayUrl: string
  /** Where the provider's card fields come from. */
  cardFieldsUrl: string
  /** The name of who is signed in. */
  customer: { name: string; email: string } | null
}
type Shop = ShopConfig & { client: SoukClient }

const ShopContext = createContext<Shop | null>(null)

export function useShop(): Shop {
  const shop = useContext(ShopContext)
  if (!shop) throw new Error('useShop needs a ShopProvider around it')
  return shop
}

export function ShopProvider({ config, children }: { config: ShopConfig; children: ReactNode }) {
  // A sign-in or sign-out is a full page load, so what is known here never changes person.
  const [shop] = useState<Shop>(() => {
    const tokens = createAccessTokens(config.customer !== null)
    return { ...config, client: createSoukClient({ url: config.gatewayUrl, token: tokens.get }) }
  })
  const [queryClient] = useState(() => newQueryClient(config.customer !== null))
  return (
    <ShopContext value={shop}>
      <QueryClientProvider client={queryClient}>
        <ToastProvider>{children}</ToastProvider>
      </QueryClientProvider>
    </ShopContext>
  )
}

function newQueryClient(isSignedIn: boolean): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedIn && readSoukError(error).code === 'UNAUTHENTICATED') void leaveEndedSession()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && isWorthRetrying(error),
      },
    },
  })
}

function isWorthRetrying(error: unknown): boolean {
  const { code } = readSoukError(error)
  return code === 'UNREACHABLE' || code === 'UNAVAILABLE' || code === 'INTERNAL'
}

/** The session was ended elsewhere, such as by a new password: the cookie goes too, and the person may sign in again. */
async function leaveEndedSession(): Promise<void> {
  const { signOut } = await import('next-auth/react')
  await signOut({ redirect: false })
  // A page of the customer's own has led here already, with the way back in its address.
  if (location.pathname === paths.signIn()) return location.reload()
  const here = `${location.pathname}${location.search}`
  location.assign(`${paths.signIn(here)}&ended=1`)
}
