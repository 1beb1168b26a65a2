import { newId } from '@souk/kernel/id'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from './harness.ts'
import { newProduct } from './inputs.ts'
import { level } from './samples.ts'

let gateway: TestGateway
let staff: string
beforeAll(async () => {
  gateway = await startTestGateway()
  staff = await gateway.tokenFor({ roles: ['staff'] })
})
afterAll(async () => await gateway?.stop())
beforeEach(() => {
  gateway.neighbours.inventory.calls.length = 0
})

/** Inventory hears of new SKUs a moment later. */
function heardAfter(ms: number): void {
  const from = Date.now() + ms
  gateway.neighbours.inventory.answer({
    'stock.levels': ({ skus }) => ({ items: Date.now() < from ? [] : skus.map((sku) => level(sku)) }),
  })
}

describe('a new product', () => {
  it.each([
    ['REST', '/api/v1/products', 201],
    ['tRPC', '/trpc/admin.product.create', 200],
  ])('over %s is answered once its stock is known', async (_what, path, status) => {
    heardAfter(300)
    const started = Date.now()
    const answer = await gateway.ask(path, { body: newProduct, token: staff })
    expect(answer.status).toBe(status)
    expect(Date.now() - started).toBeGreaterThanOrEqual(280)
    const asked = gateway.neighbours.inventory.callsTo('stock.levels')
    expect(asked.length).toBeGreaterThan(2)
    // Asked in the gateway's own name: the person is staff of products, not of stock.
    expect(asked[0]?.actor).toEqual({ kind: 'service', name: 'gateway' })
  })

  it('is answered after two seconds at most', async () => {
    heardAfter(60_000)
    const started = Date.now()
    expect((await gateway.ask('/api/v1/products', { body: newProduct, token: staff })).status).toBe(201)
    expect(Date.now() - started).toBeGreaterThanOrEqual(1900)
    expect(Date.now() - started).toBeLessThan(4000)
  })

  it('is answered even when inventory is away', async () => {
    gateway.neighbours.inventory.answer({
      'stock.levels': () => {
        throw new Error('down')
      },
    })
    expect((await gateway.ask('/api/v1/products', { body: newProduct, token: staff })).status).toBe(201)
  })
})

describe('a changed product', () => {
  it('waits for stock only when its variants changed', async () => {
    heardAfter(0)
    const path = `/api/v1/products/${newId()}`
    await gateway.ask(path, { method: 'PATCH', body: { name: 'Cup' }, token: staff })
    expect(gateway.neighbours.inventory.calls).toHaveLength(0)
    await gateway.ask(path, { method: 'PATCH', body: { variants: newProduct.variants }, token: staff })
    expect(gateway.neighbours.inventory.callsTo('stock.levels')).toHaveLength(1)
  })

  it('cannot change into another one', async () => {
    const body = { id: newId(), name: 'Cup' }
    const answer = await gateway.ask(`/api/v1/products/${newId()}`, { method: 'PATCH', body, token: staff })
    expect(answer.status).toBe(400)
  })
})

describe('the state of events', () => {
  it('shows the services that answer, and names those that do not', async () => {
    gateway.neighbours.payment.answer({
      'operations.overview': () => {
        throw new Error('down')
      },
      'operations.deadLetters': () => {
        throw new Error('down')
      },
    })
    const overview = await gateway.ask('/trpc/admin.events.overview', { token: staff })
    expect(overview.json).toMatchObject({ result: { data: { services: expect.any(Array) } } })
    const { services } = (
      overview.json as { result: { data: { services: { service: string; overview: object | null }[] } } }
    ).result.data
    expect(services.map(({ service }) => service)).toEqual([
      'product',
      'order',
      'payment',
      'inventory',
      'identity',
      'notification',
    ])
    expect(services.filter((one) => one.overview === null).map(({ service }) => service)).toEqual(['payment'])
    const letters = await gateway.ask('/trpc/admin.events.deadLetters', { token: staff })
    expect(letters.json).toMatchObject({ result: { data: { unreachable: ['payment'] } } })
    const id = crypto.randomUUID()
    await gateway.ask('/trpc/admin.events.replay', { body: { service: 'inventory', id }, token: staff })
    expect(gateway.neighbours.inventory.callsTo('operations.replay').map(({ input }) => input)).toEqual([
      { id },
    ])
  })
})
