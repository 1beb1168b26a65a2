import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Order } from '@souk/order/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { streamOrder } from './order-stream.ts'

let server: Server
let end: (() => void) | undefined
let ended = 0
beforeEach(async () => {
  ended = 0
  server = createServer((_request, response) => {
    end = streamOrder({
      response,
      headers: { 'x-kept': 'yes' },
      first: { id: 'one' } as Order,
      read: async () => ({ id: 'one' }) as Order,
      follow: () => () => undefined,
      onFailure: () => undefined,
      onEnd: () => {
        ended += 1
      },
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  vi.useRealTimers()
  server.close()
})

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

describe('the stream of one order', () => {
  it('shows every quarter of a minute that it lives', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const response = await fetch(url())
    expect(response.headers.get('x-kept')).toBe('yes')
    vi.advanceTimersByTime(45_000)
    end?.()
    expect((await response.text()).match(/^: ping$/gm)).toHaveLength(3)
  })

  it('ends after a quarter of an hour, and ends once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const response = await fetch(url())
    vi.advanceTimersByTime(15 * 60_000 + 1)
    expect(await response.text()).toContain('event: order')
    end?.()
    expect(ended).toBe(1)
  })
})
