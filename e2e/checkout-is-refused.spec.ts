import { expect, test } from '@playwright/test'
import {
  addToCart,
  fillCard,
  fillContactAndAddress,
  makeProduct,
  payButton,
  sellOut,
  stockOf,
} from './shop.ts'

test('a declined card keeps everything in place, and another card goes through', async ({ page }) => {
  const product = await makeProduct({ stock: 2 })
  await addToCart(page, product)
  await page.goto('/checkout')
  await fillContactAndAddress(page, { email: 'guest@example.test' })
  await fillCard(page, '4000 0000 0000 0002')
  await payButton(page).click()
  await expect(page.getByText('The payment was declined')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByLabel('Street and house number')).toHaveValue('Harbour 1')
  await expect.poll(async () => (await stockOf(product.sku)).available).toBe(2)
  await fillCard(page, '4242 4242 4242 4242')
  await payButton(page).click()
  await expect(page.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible({
    timeout: 30_000,
  })
})

test('a shopper who comes too late is told what is left and can change the order', async ({ page }) => {
  const product = await makeProduct({ stock: 2 })
  await page.goto(`/products/${product.slug}`)
  await page.getByRole('button', { name: 'Increase quantity' }).click()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText('is in your cart.').first()).toBeVisible()
  await page.goto('/checkout')
  await fillContactAndAddress(page, { email: 'guest@example.test' })
  await fillCard(page, '4242 4242 4242 4242')
  await sellOut(product, 1)
  await payButton(page).click()
  await expect(page.getByText('Not everything is in stock any more')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('only 1 of 2 left')).toBeVisible()
})

test('a sold-out product says so and cannot be added', async ({ page }) => {
  const product = await makeProduct({ stock: 1 })
  await sellOut(product, 1)
  await expect(async () => {
    await page.goto(`/products/${product.slug}`)
    await expect(page.getByText('Sold out').first()).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Add to cart' })).toHaveAttribute('aria-disabled', 'true')
})
