import { expect, type Page, test } from '@playwright/test'
import { addToCart, fillContactAndAddress, makeProduct, payButton, stockOf } from './shop.ts'

async function goToBank(page: Page, bank: string, mail: string): Promise<void> {
  await page.goto('/checkout')
  await fillContactAndAddress(page, { email: mail })
  await page.getByRole('radio', { name: /^Netbanking/ }).check()
  await page.getByRole('combobox', { name: 'Bank' }).selectOption({ label: bank })
  await payButton(page).click()
  await expect(page.getByRole('heading', { name: 'Sign in to pay' })).toBeVisible({ timeout: 30_000 })
  await page.getByLabel('Customer id').fill('4711')
  await page.getByLabel('Password').fill('anything')
}

test('a guest pays by netbanking: signs in at the bank and comes back to a confirmed order', async ({
  page,
}) => {
  await addToCart(page, await makeProduct({ stock: 2 }))
  await goToBank(page, 'HDFC Bank', 'net@example.test')
  await page.getByRole('button', { name: 'Sign in and pay' }).click()
  await expect(page.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible({
    timeout: 30_000,
  })
  await expect(page.getByText('Netbanking, HDFC Bank').first()).toBeVisible()
})

test('a guest whose bank refuses is told so, and the goods are free again', async ({ page }) => {
  const product = await makeProduct({ stock: 1 })
  await addToCart(page, product)
  await goToBank(page, 'Test bank that refuses', 'refused@example.test')
  await page.getByRole('button', { name: 'Sign in and pay' }).click()
  await expect(page.getByRole('heading', { name: 'This order could not be placed' })).toBeVisible({
    timeout: 30_000,
  })
  await expect.poll(async () => (await stockOf(product.sku)).available, { timeout: 30_000 }).toBe(1)
})
