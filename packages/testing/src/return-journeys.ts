import { type Journey, type JourneySteps, type Shown, settledMs } from './journey-steps.ts'
import { until } from './until.ts'

/** What came back: for money, or for the same once more. */
export function returnJourneys(steps: JourneySteps) {
  const { insist, asStaff, shown, product, buy, isConfirmed, isLeft, isGivenBack } = steps

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

  return { comeBack, exchangeHeld, exchangeReceived, exchangeTakenBack, exchangeDeclined }
}
