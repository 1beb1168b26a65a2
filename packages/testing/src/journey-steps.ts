import { newId } from '@souk/kernel/id'
import { newProduct, type OrderBody, orderBody, restClient } from './buyer.ts'
import type { TestShop } from './shop.ts'
import { until } from './until.ts'

type Rest = ReturnType<typeof restClient>
type Request = Parameters<Rest>[1]
type Ended = { id: string; status: string }
type FollowUp = { state: string; order: { id: string } | null }
export type Shown = OrderBody & { edits: Ended[]; returns: Ended[]; followUps: FollowUp[] }
type Level = { onHand: number; reserved: number }

/** Goes past a point; what is to be done just before it begins is handed in. */
export type Journey = (arm: () => Promise<void>) => Promise<void>
export type JourneySteps = ReturnType<typeof journeySteps>

/** A crash and what follows from it may take so long, and no longer. */
export const settledMs = 60_000

/** What journeys are made of: asking until one is answered, and looking what came of it. */
export function journeySteps(shop: TestShop, token: string) {
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

  return { insist, asStaff, shown, product, buy, isConfirmed, isEdited, isLeft, isGivenBack }
}
