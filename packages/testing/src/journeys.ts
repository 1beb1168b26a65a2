import { newId } from '@souk/kernel/id'
import { newProduct, type OrderBody, orderBody, restClient } from './buyer.ts'
import type { TestShop } from './shop.ts'
import { until } from './until.ts'

type Rest = ReturnType<typeof restClient>
type Request = Parameters<Rest>[1]
type Ended = { id: string; status: string }
type FollowUp = { state: string; order: { id: string } | null }
type Shown = OrderBody & { edits: Ended[]; returns: Ended[]; followUps: FollowUp[] }
type Level = { onHand: number; reserved: number }

/** Goes past a point; what is to be done just before it begins is handed in. */
export type Journey = (arm: () => Promise<void>) => Promise<void>

/** A crash and what follows from it may take so long, and no longer. */
const settledMs = 60_000

/** What customers and staff do, each insisting until he is answered, and what must have come of it in the end. */
export function journeysOf(shop: TestShop, token: string) {
  const rest = restClient(shop.gatewayUrl)

  /** Asks again with the same key while there is no answer, as a careful client does. */
  async function insist<Body>(path: string, request: Request, statuses = [200, 201]): Promise<Body> {
    const key = newId()
    return await until(
      `${path} is answered`,
      async () => {
        const { status, body } = await rest<Body>(path, { key, ...request })
        return statuses.includes(status) && body
      },
      settledMs,
    )
  }
  const asStaff = async <Body>(path: string, body: object, method = 'POST') =>
    await insist<Body>(path, { token, body, method })

  const shown = async (id: string) => (await rest<Shown>(`/orders/${id}`, { token })).body
  const level = async (sku: string) => (await rest<Level>(`/inventory/${sku}`, { token })).body
  async function product(): Promise<{ sku: string }> {
    const made = await until('a product is there', async () => await newProduct(rest, token, { stock: 10 }))
    // What inventory has not heard of yet is sold out.
    await isLeft(made.sku, 10)
    return made
  }

  async function isConfirmed(id: string): Promise<void> {
    const isSo = async () => (await shown(id)).status === 'confirmed'
    await until('it is confirmed', isSo, settledMs).catch(async (error: unknown) => {
      const [row] = await shop.sql<object>(
        'order',
        `select status, checks, next_check_at - now() as next, lease_until - now() as lease, placing_steps as steps
         from orders where id = $1`,
        [id],
      )
      throw new Error(`The order stands still: ${JSON.stringify(row)}`, { cause: error })
    })
  }

  async function buy(sku: string, quantity = 1): Promise<OrderBody> {
    const body = orderBody(sku, { items: [{ sku, quantity }] })
    const order = await insist<OrderBody>('/orders', { body })
    await isConfirmed(order.id)
    return order
  }

  async function isLeft(sku: string, pieces: number): Promise<void> {
    await until(`${pieces} pieces are left and none is held`, async () => {
      const { onHand, reserved } = await level(sku)
      return onHand === pieces && reserved === 0
    })
  }

  async function isGivenBack({ payment }: OrderBody, amountMinor: number): Promise<void> {
    const isSo = async () => {
      const { body } = await rest<{ refunded: { amount: number } }>(`/payments/${payment.id}`, { token })
      return body.refunded.amount === amountMinor
    }
    await until(`${amountMinor} is back`, isSo, settledMs)
  }

  const isEdited = async (id: string) =>
    await until('the edit is over', async () => (await shown(id)).edits[0]?.status === 'completed', settledMs)

  const purchase: Journey = async (arm) => {
    const { sku } = await product()
    await arm()
    await buy(sku)
    await isLeft(sku, 9)
  }

  /** A piece is taken out. */
  const edit: Journey = async (arm) => {
    const { sku } = await product()
    const order = await buy(sku, 2)
    await arm()
    await asStaff(`/orders/${order.id}/edits`, { items: [{ sku, quantity: 1 }] })
    await isEdited(order.id)
    const { totals } = await shown(order.id)
    await isGivenBack(order, order.totals.total.amount - totals.total.amount)
    await isLeft(sku, 9)
  }

  /** One of two pieces has left, and the other does not follow. */
  const cancelledRest: Journey = async (arm) => {
    const { sku } = await product()
    const order = await buy(sku, 2)
    await asStaff(`/orders/${order.id}/shipments`, { lines: [{ sku, quantity: 1 }] })
    await arm()
    await insist(`/orders/${order.id}/cancel-rest`, { orderToken: order.accessToken ?? '', body: {} })
    await isEdited(order.id)
    const { totals, status } = await shown(order.id)
    if (status !== 'shipped') throw new Error(`Without its rest the order is ${status}`)
    await isGivenBack(order, order.totals.total.amount - totals.total.amount)
    await isLeft(sku, 9)
  }

  /** One of two pieces becomes another product; its money pays for that. Answers the order that follows. */
  async function swap(arm: () => Promise<void>): Promise<{ origin: OrderBody; next: Shown; sku: string }> {
    const [{ sku }, other] = [await product(), await product()]
    const origin = await buy(sku, 2)
    await arm()
    await asStaff(`/orders/${origin.id}/edits`, {
      items: [{ sku, quantity: 1 }],
      add: [{ sku: other.sku, quantity: 1 }],
    })
    const next = await until(
      'the order that follows is there',
      async () => (await shown(origin.id)).followUps.find(({ state }) => state === 'placed')?.order,
      settledMs,
    )
    await isConfirmed(next.id)
    await isEdited(origin.id)
    await isGivenBack(origin, 0)
    await isLeft(sku, 9)
    await isLeft(other.sku, 9)
    return { origin, next: await shown(next.id), sku: other.sku }
  }

  const addition: Journey = async (arm) => {
    await swap(arm)
  }

  /** More is added than there is: nothing comes of it. */
  const refusedAddition: Journey = async (arm) => {
    const [{ sku }, other] = [await product(), await product()]
    const { id } = await buy(sku)
    await arm()
    const body = { items: [{ sku, quantity: 1 }], add: [{ sku: other.sku, quantity: 11 }] }
    await insist(`/orders/${id}/edits`, { token, body }, [409])
    const isGone = async () => {
      const [row] = await shop.sql<{ count: number }>(
        'order',
        'select count(*)::int as count from follow_up where origin_id = $1',
        [id],
      )
      return row?.count === 0
    }
    await until('no trace of it is left', isGone, settledMs)
    await isLeft(other.sku, 10)
    await isLeft(sku, 9)
  }

  /** What was paid with money of an earlier order goes back to where that came from. */
  const givenBackToOrigin: Journey = async (arm) => {
    const { origin, next } = await swap(async () => {})
    await arm()
    await asStaff(`/payments/${next.payment.id}/refunds`, { reason: 'A test' })
    await isGivenBack(origin, next.totals.total.amount)
  }

  /** Has arrived, and is to come back: for money, or for the same once more. */
  async function askForReturn(isExchange = false) {
    const { sku } = await product()
    const order = await buy(sku)
    const { id, accessToken } = order
    for (const status of ['shipped', 'delivered']) await asStaff(`/orders/${id}/status`, { status }, 'PATCH')
    const line = { sku, quantity: 1, ...(isExchange ? { exchangeFor: sku } : {}) }
    const asked = await insist<Shown>(`/orders/${id}/returns`, {
      orderToken: accessToken ?? '',
      body: { lines: [line], reason: 'changed_mind' },
    })
    const path = `/returns/${asked.returns[0]?.id}`
    return {
      order,
      sku,
      path,
      approve: async () => await asStaff(`${path}/approve`, {}),
      receive: async () =>
        await asStaff(`${path}/receive`, { lines: [{ sku, quantity: 1, disposition: 'restock' }] }),
    }
  }

  const comeBack: Journey = async (arm) => {
    const { order, sku, path, approve, receive } = await askForReturn()
    await approve()
    await receive()
    await arm()
    await asStaff(`${path}/refund`, { includesShipping: true })
    const isOver = async () => (await shown(order.id)).returns[0]?.status === 'completed'
    await until('the return is over', isOver, settledMs)
    await isGivenBack(order, order.totals.total.amount)
    await isLeft(sku, 10)
  }

  /** `armAt` says before which of its steps the process is to die. */
  const exchangeDyingAt =
    (armAt: 'approve' | 'receive'): Journey =>
    async (arm) => {
      const { order, sku, approve, receive } = await askForReturn(true)
      if (armAt === 'approve') await arm()
      await approve()
      if (armAt === 'receive') await arm()
      await receive()
      const next = await until(
        'what is sent instead is ordered',
        async () => (await shown(order.id)).followUps.find(({ state }) => state === 'placed')?.order,
        settledMs,
      )
      await isConfirmed(next.id)
      await isGivenBack(order, 0)
      await isLeft(sku, 9)
    }
  const exchangeHeld = exchangeDyingAt('approve')
  const exchangeReceived = exchangeDyingAt('receive')

  /** What was held instead goes free, and the money goes back as for any return. */
  const exchangeTakenBack: Journey = async (arm) => {
    const { order, sku, path, approve, receive } = await askForReturn(true)
    await approve()
    await arm()
    await asStaff(`${path}/exchange`, { exchange: [] })
    await isLeft(sku, 9)
    await receive()
    await asStaff(`${path}/refund`, { includesShipping: true })
    await isGivenBack(order, order.totals.total.amount)
    await isLeft(sku, 10)
  }

  const exchangeDeclined: Journey = async (arm) => {
    const { order, sku, path, approve } = await askForReturn(true)
    await approve()
    await arm()
    await asStaff(`${path}/decline`, { answer: 'It never came.' })
    await isLeft(sku, 9)
    await isGivenBack(order, 0)
  }

  const giveBack: Journey = async (arm) => {
    const { sku } = await product()
    const order = await buy(sku)
    await arm()
    await asStaff(`/payments/${order.payment.id}/refunds`, { reason: 'A test' })
    await isGivenBack(order, order.totals.total.amount)
  }

  const changeOfMind: Journey = async (arm) => {
    const { sku } = await product()
    const order = await buy(sku)
    await arm()
    await insist(`/orders/${order.id}/cancel`, { orderToken: order.accessToken ?? '', body: {} })
    await isGivenBack(order, order.totals.total.amount)
    await isLeft(sku, 10)
    await until('it is cancelled', async () => (await shown(order.id)).status === 'cancelled')
  }

  return {
    purchase,
    edit,
    cancelledRest,
    addition,
    refusedAddition,
    givenBackToOrigin,
    comeBack,
    exchangeHeld,
    exchangeReceived,
    exchangeTakenBack,
    exchangeDeclined,
    giveBack,
    changeOfMind,
  }
}
