import { expect, test } from '@playwright/test'
import { addToCart, fillCard, fillContactAndAddress, makeProduct, payButton, stockOf } from './shop.ts'

test('a guest finds a product, buys it by card and sees the order confirmed', async ({ page }) => {
  const product = await makeProduct({ stock: 5 })
  await addToCart(page, product)
  await page.goto('/checkout')
  await fillContactAndAddress(page, { email: 'guest@example.test' })
  await fillCard(page, '4242 4242 4242 4242')
  await payButton(page).click()
  await expect(page.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible({
    timeout: 30_000,
  })
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]{36}$/)
  await expect(page.getByText(product.name).first()).toBeVisible()
  expect(await stockOf(product.sku)).toMatchObject({ onHand: 4, reserved: 0 })
  await page.goto('/cart')
  await expect(page.getByText(product.name)).toHaveCount(0)
})
