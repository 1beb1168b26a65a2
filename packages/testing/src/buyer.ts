import { newId } from '@souk/kernel/id'
import type { TestShop } from './shop.ts'

export type Answer<Body = Record<string, unknown>> = { status: number; body: Body; headers: Headers }

type Request = {
  method?: string
  body?: unknown
  token?: string
  key?: string
  orderToken?: string
  timeoutMs?: number
}

/** Speaks REST to a shop, as a client outside would. */
export function restClient(gatewayUrl: string) {
  return async function rest<Body = Record<string, unknown>>(
    path: string,
    request: Request = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(`${gatewayUrl}/api/v1${path}`, {
      method: request.method ?? (request.body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
        ...(request.key === undefined ? {} : { 'idempotency-key': request.key }),
        ...(request.orderToken === undefined ? {} : { 'x-order-token': request.orderToken }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: AbortSignal.timeout(request.timeoutMs ?? 15_000),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers }
  }
}

export type Rest = ReturnType<typeof restClient>

export type OrderBody = {
  id: string
  number: string
  status: string
  accessToken: string | null
  totals: { total: { amount: number } }
  payment: { id: string; status: string; action: { type: string; url: string } | null }
}

export const guestAddress = {
  name: 'Gul Guest',
  line1: 'Harbour 1',
  city: 'Hamburg',
  postalCode: '20457',
  country: 'DE',
}

export function orderBody(sku: string, over: Record<string, unknown> = {}) {
  return {
    items: [{ sku, quantity: 1 }],
    email: 'guest@example.test',
    shippingAddress: guestAddress,
    paymentMethod: { type: 'card', token: 'tok_visa' },
    ...over,
  }
}

export async function staffToken(shop: TestShop): Promise<string> {
  const { body } = await restClient(shop.gatewayUrl)<{ accessToken: string }>('/auth/token', {
    body: { email: 'staff@souk.test', password: shop.settings.env.SOUK_DEMO_PASSWORD },
  })
  return body.accessToken
}

/** A product of its own with one variant, for sale at once. */
export async function newProduct(
  rest: Rest,
  token: string,
  options: { stock: number; price?: number },
): Promise<{ id: string; sku: string; slug: string }> {
  const sku = `T-${newId().slice(-12)}`
  const { status, body } = await rest<{ id: string; slug: string }>('/products', {
    token,
    key: newId(),
    body: {
      name: `Test ${sku}`,
      description: 'Made by a test.',
      category: 'tableware',
      price: { amount: options.price ?? 1900, currency: 'EUR' },
      variants: [{ sku, options: { colour: 'oat' }, stock: options.stock }],
    },
  })
  if (status !== 201) throw new Error(`Creating a product answered ${status}: ${JSON.stringify(body)}`)
  return { id: body.id, slug: body.slug, sku }
}
