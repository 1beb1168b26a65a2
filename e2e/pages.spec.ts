import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { makeCustomer, signInAt, urls } from './shop.ts'

const shopPages = [
  '/',
  '/products',
  '/products/tarn-mug',
  '/categories/lighting',
  '/cart',
  '/sign-in',
  '/register',
  '/forgot-password',
  '/shipping-and-returns',
  '/no-such-page',
]

for (const path of shopPages) {
  test(`${path} breaks no accessibility rule and writes no error`, async ({ page }) => {
    const errors: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) errors.push(message.text())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(path)
    await expect(page.getByRole('main')).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target) }))).toEqual([])
    expect(errors).toEqual([])
  })
}

test('search forgives a typing error, and the filters live in the address', async ({ page }) => {
  await page.goto('/products?q=stonewear%20mug')
  await expect(page.getByRole('link', { name: /Tarn Mug/ }).first()).toBeVisible()
  await page.goto('/products?q=tarn%20mug&colour=oat&category=tableware')
  await expect(
    page
      .getByRole('main')
      .getByRole('link', { name: /Tarn Mug/ })
      .first(),
  ).toBeVisible()
  await page.reload()
  await expect(page).toHaveURL(/colour=oat/)
})

test('a customer signs in, sees the account and signs out', async ({ page }) => {
  const customer = await makeCustomer()
  await signInAt(page, urls.web, customer)
  await page.goto('/account')
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(customer.name)
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible()
  await page.goto('/account')
  await expect(page).toHaveURL(/sign-in/)
})
