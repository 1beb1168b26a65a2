import type { Shop } from '@souk/host/launch'
import { newId } from '@souk/kernel/id'

const hotStocks = [25, 60, 100_000, 100_000, 100_000, 100_000, 10] as const
const giftCards = [1500, 4000, 20_000, 100_000]
const promotions = [
  { kind: 'percentage', value: 1000, usageLimit: 15 },
  { kind: 'amount', value: 300, usageLimit: 200, perCustomerLimit: 120 },
]

export type Goods = {
  skus: string[]
  scarceSku: string
  staffToken: string
  /** Some with little on them, which several buyers share. */
  giftCardCodes: string[]
  /** Both can be used only so often. */
  promotionCodes: string[]
  /** Where the goods are, and one more place. */
  locationIds: string[]
}

/** What a run sells: products that sell out under way and some that do not, gift cards and promotions. */
export async function stockUp(shop: Shop): Promise<Goods> {
  const { gatewayUrl, env } = shop.settings
  const { accessToken } = await post<{ accessToken: string }>(`${gatewayUrl}/api/v1/auth/token`, {
    email: 'staff@souk.test',
    password: env.SOUK_DEMO_PASSWORD,
  })
  const asStaff = async <Body>(path: string, body: object) =>
    await post<Body>(`${gatewayUrl}/api/v1${path}`, body, accessToken)
  const skus: string[] = []
  for (const [index, stock] of hotStocks.entries()) {
    const sku = `CHAOS-${index}-${newId().slice(-8)}`
    await asStaff('/products', {
      name: `Chaos ${sku}`,
      description: 'Sold in a storm.',
      category: 'tableware',
      price: { amount: 1000 + index * 137, currency: 'EUR' },
      variants: [{ sku, options: { colour: 'oat' }, stock }],
    })
    skus.push(sku)
  }
  const giftCardCodes = await Promise.all(
    giftCards.map(async (amount) => {
      const card = await asStaff<{ code: string }>('/gift-cards', { amount: { amount, currency: 'EUR' } })
      return card.code
    }),
  )
  const promotionCodes = await Promise.all(
    promotions.map(async (promotion) => {
      const code = `STORM${newId().slice(-8).toUpperCase()}`
      await asStaff('/promotions', { id: newId(), code, name: code, ...promotion })
      return code
    }),
  )
  const { id } = await asStaff<{ id: string }>('/locations', { code: 'chaos', name: 'Storm cellar' })
  const response = await fetch(`${gatewayUrl}/api/v1/locations`, {
    headers: { authorization: `Bearer ${accessToken}` },
  })
  const { items } = (await response.json()) as { items: { id: string }[] }
  const home = items.find((location) => location.id !== id)?.id ?? ''
  const scarceSku = skus.pop() ?? ''
  return { skus, scarceSku, staffToken: accessToken, giftCardCodes, promotionCodes, locationIds: [home, id] }
}

async function post<Body>(url: string, body: unknown, token?: string): Promise<Body> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': newId(),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Body
}
