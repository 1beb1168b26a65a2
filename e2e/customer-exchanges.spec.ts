import { expect, test } from '@playwright/test'
import {
  deliverByApi,
  fillCard,
  makeProduct,
  orderByApi,
  returnByApi,
  signInAt,
  staffAccount,
  stockOf,
  urls,
} from './shop.ts'

test('a customer asks for another colour, staff approve and take the goods in, and the new order is there', async ({
  page,
  browser,
}) => {
  const product = await makeProduct({ stock: 5, more: [{ colour: 'Moss', priceMinor: 1900 }] })
  const order = await orderByApi(product)
  await deliverByApi(order)
  const shopper = await browser.newPage()
  await shopper.goto(`${urls.web}/orders/${order.id}?token=${order.accessToken}`)
  await shopper.getByRole('button', { name: 'Return or exchange items' }).click()
  await shopper.getByRole('button', { name: /^Increase pieces of/ }).click()
  await shopper.getByLabel(/^What you want for/).selectOption({ label: 'Exchange for Moss (nothing to pay)' })
  await shopper.getByLabel('Why?').selectOption({ label: 'I changed my mind' })
  await shopper.getByRole('button', { name: 'Ask for the return' }).click()
  const returns = shopper.getByRole('list', { name: 'Returns' })
  await expect(returns.getByText('in exchange for Moss', { exact: false })).toBeVisible()

  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/orders/${order.id}`)
  await page.getByRole('link', { name: /^R-\d+$/ }).click()
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  const choice = page.getByRole('dialog').getByLabel(product.name)
  await expect(choice.locator('option:checked')).toHaveText('Moss (even)')
  await page.getByRole('button', { name: 'Approve return' }).click()
  await expect(page.getByText('Held until the goods are here.')).toBeVisible()
  expect(await stockOf(`${product.sku}-MOSS`)).toMatchObject({ onHand: 5, reserved: 1 })
  await expect(returns.getByText(/We hold for you: 1 ×/)).toBeVisible({ timeout: 20_000 })

  await page.getByRole('button', { name: 'Take the goods in' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take the goods in' }).click()
  await expect(page.getByText('Ordered.', { exact: true })).toBeVisible({ timeout: 20_000 })
  await expect(returns.getByText(/^You get instead: 1 ×/)).toBeVisible({ timeout: 20_000 })
  expect(await stockOf(`${product.sku}-MOSS`)).toMatchObject({ onHand: 4, reserved: 0 })
  await page
    .getByRole('link', { name: /^SK-\d+$/ })
    .first()
    .click()
  await expect(page.getByText('Sent in exchange for goods of', { exact: false })).toBeVisible()
  await shopper.close()
})

test('for a dearer colour the customer pays the difference on the order page', async ({ page }) => {
  const product = await makeProduct({ stock: 5, more: [{ colour: 'Ink', priceMinor: 2400 }] })
  const order = await orderByApi(product)
  await deliverByApi(order)
  await returnByApi(order, product.sku, `${product.sku}-INK`)
  await page.goto(`${urls.web}/orders/${order.id}?token=${order.accessToken}`)
  await page.getByRole('link', { name: 'Pay €5.00' }).click()
  await fillCard(page, '4242 4242 4242 4242')
  await page.getByRole('button', { name: /^Pay / }).click()
  await expect(page.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible({
    timeout: 30_000,
  })
  await expect(page.getByText('Sent in exchange for goods of your order', { exact: false })).toBeVisible()
  expect(await stockOf(`${product.sku}-INK`)).toMatchObject({ onHand: 4, reserved: 0 })
})
