import { expect, test } from '@playwright/test'
import { makeCustomer, makeProduct, orderByApi, signInAt, urls } from './shop.ts'

test('a customer cannot open another’s order, and neither can a stranger', async ({ page }) => {
  const [product, customer] = await Promise.all([makeProduct({ stock: 2 }), makeCustomer()])
  const order = await orderByApi(product)
  const missing = `/orders/${order.id.slice(0, -4)}0000`
  await page.goto(`/orders/${order.id}`)
  const strangerSees = await page.getByRole('main').textContent()
  expect(strangerSees).not.toContain(order.number)
  await page.goto(missing)
  expect(await page.getByRole('main').textContent()).toBe(strangerSees)
  await signInAt(page, urls.web, customer)
  await page.goto(`/orders/${order.id}`)
  await expect(page.getByRole('main')).not.toContainText(order.number)
  await page.goto(`/orders/${order.id}?token=wrong`)
  await expect(page.getByRole('main')).not.toContainText(order.number)
  await page.goto(`/orders/${order.id}?token=${order.accessToken}`)
  await expect(page.getByRole('main')).toContainText(order.number)
})
