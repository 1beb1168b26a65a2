import { sendSignal } from '@souk/events/signals'
import { notFound } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import type { Order, OrderStatus } from '@souk/order/contract'
import { createLog } from '@souk/service/log'
import { openRedis } from '@souk/service/redis'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from './harness.ts'
import { publish } from './publish.ts'
import { order } from './samples.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ env: { MAX_EVENT_STREAMS: '3' } })
})
afterAll(async () => await gateway?.stop())

const book = new Map<string, Order>()
beforeEach(() => {
  gateway.neighbours.order.answer({
    'order.get': ({ id, orderToken }, { actor }) => {
      const found = book.get(id)
      const isOwner = actor.kind === 'user' && actor.userId === found?.userId
      if (!found || !(isOwner || orderToken === 'the-guests-key')) throw notFound('order')
      return found
    },
  })
})

function write(status: OrderStatus, over: Partial<Order> = {}): Order {
  const one = order({ status, ...over })
  book.set(one.id, one)
  return one
}

type Stream = {
  status: number
  headers: Headers
  orders: Order[]
  comments: string[]
  isOver: boolean
  abort(): void
  text: string
}

/** Reads server-sent events until the stream ends or the reader leaves. */
async function follow(
  id: string,
  headers: Record<string, string> = { 'x-order-token': 'the-guests-key' },
): Promise<Stream> {
  const leaving = new AbortController()
  const response = await fetch(`${gateway.url}/api/v1/orders/${id}/events`, {
    headers,
    signal: leaving.signal,
  })
  const stream: Stream = {
    status: response.status,
    headers: response.headers,
    orders: [],
    comments: [],
    isOver: false,
    text: '',
    abort: () => leaving.abort(),
  }
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      stream.text += decoder.decode(chunk, { stream: true })
      stream.orders = [...stream.text.matchAll(/^event: order\ndata: (.*)\n\n/gm)].map(([, data = '']) =>
        JSON.parse(data),
      )
    }
  }
  void read()
    .catch(() => undefined)
    .finally(() => {
      stream.isOver = true
    })
  return stream
}
const openStreams = async () =>
  Number(/^souk_event_streams_open (\d+)$/m.exec((await gateway.ask('/metrics')).text)?.[1])
const changed = async (orderId: string) =>
  await publish(gateway.redisUrl, 'order.processing', { orderId, number: 'S-1', userId: null })

describe('following an order', () => {
  it('shows it as it is, and again whenever it or its payment changes', async () => {
    const { id } = write('pending')
    const stream = await follow(id)
    expect(stream.status).toBe(200)
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(stream.headers.get('cache-control')).toBe('private, no-store, no-transform')
    expect(stream.headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/)
    await until('the order is shown', () => stream.orders.length === 1)
    write('confirmed', { ...book.get(id), status: 'confirmed' })
    await changed(id)
    await until('the change is shown', () => stream.orders.at(-1)?.status === 'confirmed', 2500)
    write('confirmed', { ...book.get(id), refunded: { amount: 500, currency: 'EUR' } })
    await publish(gateway.redisUrl, 'payment.refunded', {
      paymentId: newId(),
      orderId: id,
      refundId: newId(),
      amountMinor: 500,
      refundedTotalMinor: 500,
      currency: 'EUR',
      reason: 'Scratched',
    })
    await until('the refund is shown', () => stream.orders.at(-1)?.refunded.amount === 500, 2500)
    stream.abort()
  })

  it('says nothing when nothing changed, and nothing of other orders', async () => {
    const [mine, other] = [write('pending'), write('pending')]
    const stream = await follow(mine.id)
    await until('the order is shown', () => stream.orders.length === 1)
    const seen = () =>
      gateway.neighbours.order
        .callsTo('order.get')
        .filter(({ input }) => JSON.stringify(input).includes(mine.id)).length
    await until('it was read again after following', () => seen() >= 2)
    const before = seen()
    await changed(other.id)
    await changed(mine.id)
    await until('the event of mine has arrived', () => seen() > before)
    expect(seen()).toBe(before + 1)
    expect(stream.orders).toHaveLength(1)
    stream.abort()
  })

  it('reads as the person who follows, each time', async () => {
    const userId = newId()
    const { id } = write('pending', { userId })
    const authorization = `Bearer ${await gateway.tokenFor({ sub: userId, roles: ['customer'] })}`
    const stream = await follow(id, { authorization })
    await until('the order is shown', () => stream.orders.length === 1)
    write('confirmed', { ...book.get(id), status: 'confirmed' })
    await changed(id)
    await until('the change is shown', () => stream.orders.length === 2)
    const actors = gateway.neighbours.order
      .callsTo('order.get')
      .filter(({ input }) => JSON.stringify(input).includes(id))
    expect(actors.length).toBeGreaterThanOrEqual(3)
    expect(actors.every(({ actor }) => actor.kind === 'user' && actor.userId === userId)).toBe(true)
    stream.abort()
  })

  it('is refused to strangers before a stream is opened', async () => {
    const { id } = write('pending')
    const before = await openStreams()
    const another = `Bearer ${await gateway.tokenFor({ roles: ['customer'] })}`
    for (const headers of [{}, { 'x-order-token': 'guessed' }, { authorization: another }] as Record<
      string,
      string
    >[]) {
      const answer = await gateway.ask(`/api/v1/orders/${id}/events`, { headers })
      expect(answer.json).toMatchObject({ status: 404, code: 'not_found' })
    }
    expect((await gateway.ask('/api/v1/orders/nonsense/events')).status).toBe(404)
    expect(
      (await gateway.ask(`/api/v1/orders/${id}/events`, { headers: { authorization: 'Bearer a.b.c' } }))
        .status,
    ).toBe(401)
    expect(await openStreams()).toBe(before)
  })

  it('lives through a moment in which the order service is away', async () => {
    const { id } = write('pending')
    const stream = await follow(id)
    await until('the order is shown', () => stream.orders.length === 1)
    let isAway = true
    gateway.neighbours.order.answer({
      'order.get': () => {
        if (isAway) throw new Error('restarting')
        return { ...order({ id }), status: 'confirmed' as const }
      },
    })
    await changed(id)
    await until('it was asked in vain', () => gateway.neighbours.order.callsTo('order.get').length > 3)
    isAway = false
    await until('the change is shown after all', () => stream.orders.at(-1)?.status === 'confirmed', 10_000)
    stream.abort()
  })
})

describe('a stream ends', () => {
  it('within a second of the reader leaving, and leaves nothing', async () => {
    const { id } = write('pending')
    await until('all earlier streams are gone', async () => (await openStreams()) === 0)
    const streams = [await follow(id), await follow(id), await follow(id)]
    expect(await openStreams()).toBe(3)
    const fourth = await gateway.ask(`/api/v1/orders/${id}/events`, {
      headers: { 'x-order-token': 'the-guests-key' },
    })
    expect(fourth.json).toMatchObject({ status: 503, code: 'unavailable' })
    for (const stream of streams) stream.abort()
    await until('all are gone', async () => (await openStreams()) === 0, 2500)
  })

  it('when access is lost', async () => {
    const { id } = write('pending')
    const stream = await follow(id)
    await until('the order is shown', () => stream.orders.length === 1)
    book.delete(id)
    await changed(id)
    await until('the stream is over', () => stream.isOver, 2500)
  })

  it('when the session is ended', async () => {
    const [userId, sid] = [newId(), newId()]
    const { id } = write('pending', { userId })
    const stream = await follow(id, {
      authorization: `Bearer ${await gateway.tokenFor({ sub: userId, sid, roles: ['customer'] })}`,
    })
    await until('the order is shown', () => stream.orders.length === 1)
    const redis = openRedis(gateway.redisUrl, createLog({ service: 'test', instance: '0', level: 'silent' }))
    await redis.connect()
    await sendSignal(redis, 'session.revoked', { sessionIds: [sid] })
    redis.destroy()
    await until('the stream is over', () => stream.isOver, 2500)
  })

  it('when the process stops, within a second', async () => {
    const leaving = await startTestGateway()
    leaving.neighbours.order.answer({ 'order.get': ({ id }) => order({ id }) })
    const response = await fetch(`${leaving.url}/api/v1/orders/${newId()}/events`)
    expect(response.status).toBe(200)
    const ended = response.text()
    const started = Date.now()
    await leaving.gateway.stop()
    await ended
    expect(Date.now() - started).toBeLessThan(2500)
    await leaving.stop()
  })
})
