import type { OrderBody } from './buyer.ts'
import { type Journey, journeySteps, type Shown, settledMs } from './journey-steps.ts'
import { returnJourneys } from './return-journeys.ts'
import type { TestShop } from './shop.ts'
import { until } from './until.ts'

/** What customers and staff do, each insisting until he is answered, and what must have come of it in the end. */
export function journeysOf(shop: TestShop, token: string) {
  const steps = journeySteps(shop, token)
  const { insist, asStaff, shown, product, buy, isConfirmed, isEdited, isLeft, isGivenBack } = steps

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
    ...returnJourneys(steps),
    giveBack,
    changeOfMind,
  }
}
