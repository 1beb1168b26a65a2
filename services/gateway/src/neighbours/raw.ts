import type { Readable } from 'node:stream'
import type { ServiceTokenMinter } from '@souk/auth/service-token'
import type { Principal } from '@souk/kernel/principal'
import { createBalancer } from '@souk/service/balancer'
import type { Directory } from '@souk/service/discovery'
import { currentRequest } from '@souk/service/request'
import { Agent } from 'undici'

export type RawRequest = {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: Readable | Buffer
  actor: Principal
  timeoutMs: number
}
export type RawAnswer = { status: number; headers: Record<string, string>; body: Buffer }

/** Plain HTTP to a neighbour, for what does not fit a procedure: bytes in, bytes out. */
export type RawNeighbour = (request: RawRequest) => Promise<RawAnswer>

const agent = new Agent({ connections: 32, pipelining: 1, keepAliveTimeout: 30_000, connectTimeout: 1000 })

export function rawNeighbour(
  service: string,
  options: { directory: Directory; mint: ServiceTokenMinter },
): RawNeighbour {
  const balancer = createBalancer(() => options.directory.addresses(service), service)
  return async (request) => {
    const token = await options.mint(service, request.actor)
    const requestId = currentRequest()?.requestId
    // A body can be read only once, and only the sender of a change knows whether to repeat it.
    return await balancer.run(request.method === 'GET' ? 2 : 1, async (origin) => {
      const response = await agent.request({
        origin,
        path: request.path,
        method: request.method,
        headers: {
          ...request.headers,
          ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
          authorization: `Bearer ${token}`,
        },
        body: request.body ?? null,
        headersTimeout: request.timeoutMs,
        bodyTimeout: request.timeoutMs,
      })
      return {
        status: response.statusCode,
        headers: singleHeaders(response.headers),
        body: Buffer.from(await response.body.arrayBuffer()),
      }
    })
  }
}

function singleHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
