import 'server-only'
import { createSoukClient, type SoukClient } from '@souk/api/client'
import { headers } from 'next/headers'
import { readEnv } from '../env.ts'

/** Inside what a browser waits (15 s) and above what the gateway gives a service (8 s). */
const timeoutMs = 10_000

let shared: SoukClient | undefined

/** For what everybody may read. Carries nothing of the visitor, so its answers may be kept. */
export function publicGateway(): SoukClient {
  shared ??= createSoukClient({ url: readEnv().GATEWAY_URL, timeoutMs })
  return shared
}

/** For one visitor: their token, their address (for the gateway's limits) and their request id. */
export async function gatewayFor(accessToken?: string): Promise<SoukClient> {
  const visitor = await visitorHeaders()
  return createSoukClient({
    url: readEnv().GATEWAY_URL,
    timeoutMs,
    token: async () => accessToken,
    headers: visitor,
  })
}

export async function visitorHeaders(): Promise<Record<string, string>> {
  const incoming = await headers()
  const passed = ['x-forwarded-for', 'x-request-id', 'traceparent'] as const
  return Object.fromEntries(
    passed.flatMap((name) => {
      const value = incoming.get(name)
      return value ? [[name, value]] : []
    }),
  )
}
