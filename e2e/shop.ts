import { expect, type Locator, type Page } from '@playwright/test'
import { newId } from '@souk/kernel/id'

export const urls = {
  web: process.env.WEB_URL ?? 'http://localhost:3000',
  admin: process.env.ADMIN_URL ?? 'http://localhost:3001',
  gateway: process.env.GATEWAY_URL ?? 'http://localhost:4000',
}
const demoPassword = process.env.SOUK_DEMO_PASSWORD ?? 'souk-demo-2026'
export const ownerAccount = { email: 'admin@souk.test', password: demoPassword }
export const staffAccount = { email: 'staff@souk.test', password: demoPassword }

type Answer<Body> = { status: number; body: Body }

async function rest<Body>(
  path: string,
  options: { body?: unknown; method?: string; token?: string; orderToken?: string } = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${urls.gateway}/api/v1${path}`, {
    method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': newId(),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(options.orderToken === undefined ? {} : { 'x-order-token': options.orderToken }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

const tokens = new Map<string, { token: Promise<string>; until: number }>()
const keptForMs = 10 * 60_000

/** Kept for a while: the shop lets one address sign in only so often, and journeys are many. */
async function tokenOf(account: { email: string; password: string }): Promise<string> {
  const known = tokens.get(account.email)
  if (known && known.until > Date.now()) return await known.token
  const token = askToken(account)
  tokens.set(account.email, { token, until: Date.now() + keptForMs })
  return await token
}

async function askToken(account: { email: string; password: string }): Promise<string> {
  const { status, body } = await rest<{ accessToken: string }>('/auth/token', { body: account })
  if (status === 200) return body.accessToken
  tokens.delete(account.email)
  throw new Error(`${account.email} could not sign in: ${status}`)
}

export type TestProduct = { id: string; slug: string; sku: string; name: string }

/** A product of this test's own, made by staff through the API. */
export async function makeProduct(options: {
  stock: number
  priceMinor?: number
  /** Other colours, each with a SKU that ends in its name. */
  more?: readonly { colour: string; priceMinor: number }[]
}): Promise<TestProduct> {
  const mark = newId().slice(-8)
  const name = `Journey bowl ${mark}`
  const sku = `J-${mark.toUpperCase()}`
  const { status, body } = await rest<{ id: string; slug: string }>('/products', {
    token: await tokenOf(staffAccount),
    body: {
      name,
      description: 'Made for a journey through the shop.',
      category: 'tableware',
      price: { amount: options.priceMinor ?? 1900, currency: 'EUR' },
      variants: [
        { sku, options: { colour: 'Oat' }, stock: options.stock },
        ...(options.more ?? []).map(({ colour, priceMinor }) => ({
          sku: `${sku}-${colour.toUpperCase()}`,
          options: { colour },
          stock: options.stock,
          price: { amount: priceMinor, currency: 'EUR' },
        })),
      ],
    },
  })
  expect(status).toBe(201)
  return { id: body.id, slug: body.slug, sku, name }
}

/** Staff issue a gift card through the API, which shows its code once. */
export async function issueGiftCard(amountMinor: number): Promise<{ id: string; code: string }> {
  const { status, body } = await rest<{ id: string; code: string }>('/gift-cards', {
    token: await tokenOf(staffAccount),
    body: { amount: { amount: amountMinor, currency: 'EUR' } },
  })
  expect(status).toBe(201)
  return body
}

/** Somebody else buys what is left. */
export async function sellOut(product: TestProduct, quantity: number): Promise<void> {
  const { status } = await rest('/orders', { body: orderOf(product, quantity) })
  expect(status).toBe(201)
}

export type ApiOrder = { id: string; number: string; accessToken: string; payment: { id: string } }

export async function orderByApi(product: TestProduct, quantity = 1): Promise<ApiOrder> {
  const { status, body } = await rest<ApiOrder>('/orders', { body: orderOf(product, quantity) })
  expect(status).toBe(201)
  return body
}

/** The parcel goes out and arrives, as staff would say it through the API. */
export async function deliverByApi(order: ApiOrder): Promise<void> {
  const token = await tokenOf(staffAccount)
  for (const step of ['shipped', 'delivered']) {
    const { status } = await rest(`/orders/${order.id}/status`, {
      method: 'PATCH',
      token,
      body: { status: step },
    })
    expect(status).toBe(200)
  }
}

/** The goods of a return are back, and what is left to do is to pay for them. */
export async function returnByApi(
  order: ApiOrder,
  sku: string,
  exchangeFor?: string,
): Promise<{ id: string }> {
  const token = await tokenOf(staffAccount)
  const asked = await rest<{ returns: { id: string }[] }>(`/orders/${order.id}/returns`, {
    orderToken: order.accessToken,
    body: { lines: [{ sku, quantity: 1, exchangeFor }], reason: 'damaged' },
  })
  const id = asked.body.returns.at(-1)?.id ?? ''
  const received = { lines: [{ sku, quantity: 1, disposition: 'restock' }] }
  expect((await rest(`/returns/${id}/approve`, { token, body: {} })).status).toBe(200)
  expect((await rest(`/returns/${id}/receive`, { token, body: received })).status).toBe(200)
  return { id }
}

/** Staff take out all but so many pieces, as they would say it through the API. */
export async function editByApi(order: ApiOrder, sku: string, quantity: number): Promise<void> {
  const token = await tokenOf(staffAccount)
  const body = { items: [{ sku, quantity }] }
  expect((await rest(`/orders/${order.id}/edits`, { token, body })).status).toBe(201)
}

/** Asks the payment provider, as its merchant. */
async function provider<Body>(path: string, body: unknown): Promise<Body> {
  const key = process.env.SANDBOX_API_KEY
  if (!key) throw new Error('SANDBOX_API_KEY is not set: it is in secrets.json in the folder of the shop.')
  const response = await fetch(`${process.env.SANDBOX_URL ?? 'http://localhost:4010'}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': newId(),
    },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(201)
  return await response.json()
}

/** The bank says no to the next refund of this payment. */
export async function refuseNextRefund(paymentId: string): Promise<void> {
  await provider('/v1/faults', { mode: 'refund_fails', operation: 'refund', reference: paymentId })
}

/** Money at the provider of which the shop knows nothing, such as from a till. */
export async function chargeBesideTheShop(amountMinor: number): Promise<{ id: string }> {
  return await provider('/v1/charges', {
    amount: amountMinor,
    currency: 'EUR',
    method: { type: 'card', token: 'tok_visa' },
    reference: newId(),
    returnUrl: urls.web,
  })
}

function orderOf(product: TestProduct, quantity: number) {
  return {
    items: [{ sku: product.sku, quantity }],
    email: 'other@example.test',
    shippingAddress: {
      name: 'Other Buyer',
      line1: 'Side 2',
      city: 'Kiel',
      postalCode: '24103',
      country: 'DE',
    },
    paymentMethod: { type: 'card', token: 'tok_visa' },
  }
}

export async function makeCustomer(): Promise<{ email: string; password: string; name: string }> {
  const customer = {
    email: `c-${newId().slice(-10)}@example.test`,
    password: 'a long enough phrase',
    name: 'Cleo Customer',
  }
  const { status } = await rest('/auth/register', { body: customer })
  expect(status).toBe(201)
  return customer
}

export async function stockOf(sku: string): Promise<{ onHand: number; reserved: number; available: number }> {
  const { body } = await rest<{ onHand: number; reserved: number; available: number }>(`/inventory/${sku}`, {
    token: await tokenOf(staffAccount),
  })
  return body
}

export async function addToCart(page: Page, product: TestProduct): Promise<void> {
  await page.goto(`/products/${product.slug}`)
  await expect(page.getByRole('heading', { level: 1, name: product.name })).toBeVisible()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText(`is in your cart.`).first()).toBeVisible()
}

export async function fillContactAndAddress(page: Page, options: { email?: string } = {}): Promise<void> {
  if (options.email !== undefined) await page.getByLabel('E-mail').fill(options.email)
  await page.getByLabel('Country').selectOption('DE')
  await page.getByLabel('Full name').fill('Gul Guest')
  await page.getByLabel('Street and house number').fill('Harbour 1')
  await page.getByLabel('Postal code').fill('20457')
  await page.getByLabel('Town or city').fill('Hamburg')
}

/** Types a test card into the provider's own fields. */
export async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByRole('radio', { name: /^Card/ }).check()
  const fields = page.frameLocator('iframe')
  await fields.getByLabel('Card number').fill(number)
  await fields.getByLabel('Expiry').fill('12/34')
  await fields.getByLabel('Security code').fill('123')
}

export function payButton(page: Page): Locator {
  return page.getByRole('button', { name: /^(Pay|Order, pay) / })
}

export async function signInAt(
  page: Page,
  base: string,
  account: { email: string; password: string },
): Promise<void> {
  await page.goto(`${base}/sign-in`)
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}
