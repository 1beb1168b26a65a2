import { expect, test } from '@playwright/test'
import {
  addToCart,
  fillContactAndAddress,
  makeCustomer,
  makeProduct,
  payButton,
  signInAt,
  urls,
} from './shop.ts'

test('a customer pays by UPI, waits, approves, and the page moves on by itself', async ({
  page,
  context,
}) => {
  const [product, customer] = await Promise.all([makeProduct({ stock: 3 }), makeCustomer()])
  await addToCart(page, product)
  await signInAt(page, urls.web, customer)
  await page.goto('/checkout')
  await fillContactAndAddress(page)
  await page.getByRole('radio', { name: /^UPI/ }).check()
  await page.getByLabel('UPI id').fill('pending@souk')
  await payButton(page).click()
  await expect(page.getByRole('heading', { name: 'Waiting for your payment' })).toBeVisible({
    timeout: 30_000,
  })
  const approval = context.waitForEvent('page')
  await page.getByRole('link', { name: /Open the approval page/ }).click()
  const upiApp = await approval
  await upiApp.getByRole('button', { name: 'Approve' }).click()
  await page.bringToFront()
  await expect(page.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible({
    timeout: 30_000,
  })
  await page.goto('/account/orders')
  await expect(page.getByText('Confirmed').first()).toBeVisible()
})
