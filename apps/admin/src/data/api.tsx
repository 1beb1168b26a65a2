'use client'

import { type AppRouter, createSoukClient } from '@souk/api/client'
import { readSoukError } from '@souk/api/client-error'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { localPath, paths } from '../paths.ts'
import { accessToken, forgetAccessToken } from './access-token.ts'

const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>()
export const useApi = useTRPC

/** Addresses that only the running server knows; one build serves any of them. */
export type Addresses = { gatewayUrl: string; shopUrl: string | undefined }
const AddressContext = createContext<Addresses>({ gatewayUrl: '', shopUrl: undefined })
export const useAddresses = () => useContext(AddressContext)

const mayPass: readonly string[] = ['UNREACHABLE', 'UNAVAILABLE']

/** A session that ended elsewhere: leave for the sign-in page and come back here afterwards. */
function onError(error: unknown): void {
  if (readSoukError(error).code !== 'UNAUTHENTICATED') return
  forgetAccessToken()
  const here = localPath(`${window.location.pathname}${window.location.search}`)
  window.location.assign(paths.signIn(here, 'ended'))
}

/** Whoever changes the catalogue must see it as it is: answers that shoppers may keep are asked for again. */
const freshFetch: typeof fetch = async (input, init) => await fetch(input, { ...init, cache: 'no-cache' })

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5000,
        retry: (failures, error) => failures < 2 && mayPass.includes(readSoukError(error).code),
      },
      mutations: { retry: false },
    },
  })
}

export function ApiProvider({ addresses, children }: { addresses: Addresses; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient)
  const [client] = useState(() =>
    createSoukClient({ url: addresses.gatewayUrl, token: accessToken, fetch: freshFetch }),
  )
  return (
    <AddressContext value={addresses}>
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={client} queryClient={queryClient}>
          {children}
        </TRPCProvider>
      </QueryClientProvider>
    </AddressContext>
  )
}
