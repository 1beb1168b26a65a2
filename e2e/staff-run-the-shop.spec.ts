import { expect, test } from '@playwright/test'
import { newId } from '@souk/kernel/id'
import { makeCustomer, makeProduct, orderByApi, signInAt, staffAccount, urls } from './shop.ts'

test('staff create a product, and a shopper finds and buys it', async ({ page }) => {
  const mark = newId().slice(-8)
  const name = `Staff vase ${mark}`
  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/products/new`)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel(/^Description/).fill('Thrown by hand for a journey.')
  await page.getByLabel('Category').selectOption({ label: 'Tableware' })
  await page.getByLabel('Price in €', { exact: true }).fill('48.00')
  await page.getByLabel('SKU').fill(`V-${mark.toUpperCase()}`)
  await page.getByLabel('Initial stock').fill('4')
  await page.getByRole('button', { name: /^(Create|Save)/ }).click()
  await expect(page).toHaveURL(/\/products\/[0-9a-f-]{36}/)
  await expect(async () => {
    await page.goto(`${urls.web}/products?q=${encodeURIComponent(name)}`)
    await page
      .getByRole('link', { name: new RegExp(name) })
      .first()
      .click({ timeout: 2000 })
  }).toPass({ timeout: 20_000 })
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText('is in your cart.').first()).toBeVisible()
})

test('staff ship an order and refund it in part; the shopper’s page follows without a reload', async ({
  page,
  browser,
}) => {
  const product = await makeProduct({ stock: 3 })
  const order = await orderByApi(product)
  const shopper = await browser.newPage()
  await shopper.goto(`${urls.web}/orders/${order.id}?token=${order.accessToken}`)
  await expect(shopper.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible()

  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/orders/${order.id}`)
  await page.getByRole('button', { name: 'Ship', exact: true }).click()
  await page.getByLabel('Carrier').fill('DHL')
  await page.getByLabel('Tracking number').fill('JD0001')
  await page.getByRole('button', { name: 'Ship 1 item' }).click()
  await expect(shopper.getByRole('heading', { name: 'Your order is on its way' })).toBeVisible({
    timeout: 20_000,
  })
  await expect(shopper.getByText('JD0001')).toBeVisible()

  await page
    .getByRole('button', { name: /^Refund/ })
    .first()
    .click()
  await page.getByLabel('Amount').fill('5.00')
  await page.getByLabel('Reason').fill('Scratched')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: /^Refund .*5\.00/ }).click()
  await expect(page.getByText('Scratched').first()).toBeVisible({ timeout: 20_000 })
  await expect(shopper.getByText(/5\.00/).first()).toBeVisible({ timeout: 20_000 })
  await shopper.close()
})

test('a customer cannot sign in to the admin', async ({ page }) => {
  const customer = await makeCustomer()
  await page.goto(`${urls.admin}/sign-in`)
  await page.getByLabel('E-mail').fill(customer.email)
  await page.getByLabel('Password').fill(customer.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /staff/i })).toBeVisible()
  await page.goto(`${urls.admin}/orders`)
  await expect(page).toHaveURL(/sign-in/)
})
