import { expect, test } from '@playwright/test'
import { newId } from '@souk/kernel/id'
import {
  addToCart,
  fillCard,
  fillContactAndAddress,
  makeProduct,
  payButton,
  signInAt,
  staffAccount,
  urls,
} from './shop.ts'

test('staff make "3 for 2"; a shopper sees it in cart and checkout, and the order carries it', async ({
  page,
  browser,
}) => {
  const product = await makeProduct({ stock: 9, priceMinor: 1900 })
  const name = `3 for 2 ${newId().slice(-6)}`
  const admin = await browser.newPage()
  await signInAt(admin, urls.admin, staffAccount)
  await admin.goto(`${urls.admin}/promotions/new`)
  await admin.getByLabel('Name', { exact: true }).fill(name)
  await admin.getByLabel('Applies by itself').check()
  await admin.getByLabel('Kind').selectOption({ label: 'Buy some, get some' })
  await admin.getByLabel(/^Only these SKUs/).fill(product.sku)
  await admin.getByRole('button', { name: 'Create promotion' }).click()
  await expect(admin.getByRole('link', { name, exact: true })).toBeVisible()

  await addToCart(page, product)
  await page.goto('/cart')
  const quantity = page.getByRole('textbox', { name: /^Quantity/ }).first()
  await quantity.fill('3')
  await quantity.press('Enter')
  await expect(page.getByRole('region', { name: 'Summary' }).getByText(name)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Summary' }).getByText('−€19.00')).toBeVisible()

  await page.goto('/checkout')
  await fillContactAndAddress(page, { email: `offer-${newId().slice(-8)}@example.test` })
  const summary = page.getByRole('region', { name: 'Your order' })
  await expect(summary.getByText(name)).toBeVisible()
  await expect(summary.getByText('Includes VAT 19 %')).toBeVisible()
  await page.getByLabel(/^Promotion code/).fill('no-such-code')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(summary.getByText('This code is not valid.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Remove code NO-SUCH-CODE' }).click()
  await expect(summary.getByText('This code is not valid.')).toHaveCount(0)
  await fillCard(page, '4242 4242 4242 4242')
  await payButton(page).click()
  await expect(page).toHaveURL(/\/orders\//, { timeout: 20_000 })
  await expect(page.getByText(name).first()).toBeVisible()
  await expect(page.getByText('€42.90').first()).toBeVisible()

  await admin.goto(`${urls.admin}/promotions`)
  await expect(admin.getByRole('row', { name: new RegExp(name) })).toContainText('Running')
  await admin.getByRole('button', { name: `Pause ${name}` }).click()
  await expect(admin.getByRole('row', { name: new RegExp(name) })).toContainText('Paused')
  await admin.close()
})
