import { expect, test } from '@playwright/test'
import { addToCart, fillCard, fillContactAndAddress, issueGiftCard, makeProduct, payButton } from './shop.ts'

test('a guest pays a part by gift card and the rest by card', async ({ page }) => {
  const product = await makeProduct({ stock: 3, priceMinor: 4000 })
  const card = await issueGiftCard(1500)
  await addToCart(page, product)
  await page.goto('/checkout')
  await fillContactAndAddress(page, { email: 'guest@example.test' })
  await page.getByLabel('Gift card').fill('AAAA-BBBB-CCCC-DDDD-EEEE')
  await page.getByRole('button', { name: 'Use gift card' }).click()
  await expect(page.getByText('This is not the code of a gift card.')).toBeVisible()
  await page.getByLabel('Gift card').fill(card.code.toLowerCase())
  await page.getByRole('button', { name: 'Use gift card' }).click()
  await expect(page.getByText(`Gift card ending in ${card.code.slice(-4)}`)).toBeVisible()
  await expect(page.getByText('−€15.00')).toBeVisible()
  await fillCard(page, '4242 4242 4242 4242')
  await payButton(page).click()
  await expect(page.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible({
    timeout: 30_000,
  })
  await expect(page.getByText('Paid by credit')).toBeVisible()
  await expect(page.getByText('€15.00').first()).toBeVisible()
})
