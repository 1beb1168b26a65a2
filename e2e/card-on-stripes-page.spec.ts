import { expect, type Page, test } from '@playwright/test'
import { startStripeServer } from '../services/payment/test/stripe-server.ts'
import { addToCart, fillContactAndAddress, makeProduct, payButton, stockOf, urls } from './shop.ts'

/** `npm test` opens a shop for this file whose cards go to Stripe, at the address where this plays Stripe. */
const { STRIPE_API_URL = '', STRIPE_SECRET_KEY = '', STRIPE_WEBHOOK_SECRET = '' } = process.env
let stripe: Awaited<ReturnType<typeof startStripeServer>>
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  stripe = await startStripeServer({
    port: Number(new URL(STRIPE_API_URL).port),
    secretKey: STRIPE_SECRET_KEY,
    webhookSecret: STRIPE_WEBHOOK_SECRET,
  })
})
test.afterAll(async () => await stripe?.stop())

/** Stripe's page cannot be had here: its address answers nobody, as it does for a shopper whose line is bad. */
const stripesPage = /checkout\.stripe\.test/

async function orderByCard(page: Page): Promise<{ sku: string }> {
  const product = await makeProduct({ stock: 2 })
  await addToCart(page, product)
  await page.goto('/checkout')
  await fillContactAndAddress(page, { email: 'stripe@example.test' })
  await expect(page.getByText('You type the card on the payment provider’s own page')).toBeVisible()
  await payButton(page).click()
  return product
}

async function comeBack(page: Page): Promise<void> {
  await expect(page).toHaveURL(/chrome-error|stripe\.test/, { timeout: 30_000 })
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Your payment is not finished' })).toBeVisible()
}

const lastSession = () => {
  const asked = stripe.requests.findLast(({ path }) => path === '/v1/checkout/sessions')
  const { reference = '' } = (asked?.body.metadata ?? {}) as { reference?: string }
  return { reference, session: stripe.sessions(reference)[0] }
}

test('a guest whose card page does not load finds the order again, pays there, and it is confirmed', async ({
  page,
}) => {
  const foreign: string[] = []
  page.on('request', (request) => {
    const { hostname } = new URL(request.url())
    if (hostname !== 'localhost' && !stripesPage.test(hostname)) foreign.push(request.url())
  })
  const { sku } = await orderByCard(page)
  await comeBack(page)
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]{36}$/)
  await expect(page.getByText('If that page does not load, your order waits here')).toBeVisible()

  await page.route(stripesPage, async (route) => {
    await route.fulfill({ contentType: 'text/html', body: '<h1>The card page of the provider</h1>' })
  })
  const order = page.url()
  await page.getByRole('link', { name: 'Continue to payment' }).click()
  await expect(page.getByRole('heading', { name: 'The card page of the provider' })).toBeVisible()
  const { session } = lastSession()
  const intent = stripe.payOn(session)
  const { raw, headers } = stripe.event('payment_intent.succeeded', intent)
  const told = await fetch(`${urls.gateway}/webhooks/payments/stripe`, { method: 'POST', headers, body: raw })
  expect(told.status).toBe(200)
  await page.goto(order)
  await expect(page.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible({
    timeout: 30_000,
  })
  expect(await stockOf(sku)).toMatchObject({ onHand: 1, reserved: 0 })
  // Neither a script nor a frame of Stripe's: only the customer goes there.
  expect(foreign).toEqual([])
})

test('a guest who thinks again cancels: the card page is closed and the goods are free', async ({ page }) => {
  const { sku } = await orderByCard(page)
  await comeBack(page)
  const { reference } = lastSession()
  await page.getByRole('button', { name: 'Cancel order' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /cancel/i })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'This order was cancelled' })).toBeVisible({
    timeout: 20_000,
  })
  await expect.poll(() => stripe.sessions(reference)[0]?.status, { timeout: 20_000 }).toBe('expired')
  await expect.poll(async () => (await stockOf(sku)).available, { timeout: 20_000 }).toBe(2)
})

test('a guest whose order meets a silent Stripe is told that it goes on, and gets to the card page', async ({
  page,
}) => {
  stripe.failNext(/checkout\/sessions/, 'hang_after')
  await orderByCard(page)
  await expect(page).not.toHaveURL(/checkout$/, { timeout: 40_000 })
  await expect(async () => {
    if (!page.url().includes('/orders/')) await page.goBack()
    const title = page.getByRole('heading', { name: 'Your payment is not finished' })
    await expect(title).toBeVisible({ timeout: 5000 })
  }).toPass({ timeout: 60_000 })
  const { reference } = lastSession()
  expect(stripe.sessions(reference)).toHaveLength(1)
})
