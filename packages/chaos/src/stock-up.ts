import type { Shop } from '@souk/host/launch'
import { newId } from '@souk/kernel/id'

const hotStocks = [25, 60, 100_000, 100_000, 100_000, 100_000] as const

/** Products of this run's own: two that sell out under way and some that do not. Answers their SKUs, and a token of staff. */
export async function stockUp(shop: Shop): Promise<{ skus: string[]; staffToken: string }> {
  const { gatewayUrl, env } = shop.settings
  const { accessToken } = await post<{ accessToken: string }>(`${gatewayUrl}/api/v1/auth/token`, {
    email: 'staff@souk.test',
    password: env.SOUK_DEMO_PASSWORD,
  })
  const skus: string[] = []
  for (const [index, stock] of hotStocks.entries()) {
    const sku = `CHAOS-${index}-${newId().slice(-8)}`
    await post(
      `${gatewayUrl}/api/v1/products`,
      {
        name: `Chaos ${sku}`,
        description: 'Sold in a storm.',
        category: 'tableware',
        price: { amount: 1000 + index * 137, currency: 'EUR' },
        variants: [{ sku, options: { colour: 'oat' }, stock }],
      },
      accessToken,
    )
    skus.push(sku)
  }
  return { skus, staffToken: accessToken }
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
