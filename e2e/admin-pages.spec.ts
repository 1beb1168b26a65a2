import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { ownerAccount, signInAt, staffAccount, urls } from './shop.ts'

test('every admin page opens for staff and breaks no accessibility rule', async ({ page }) => {
  test.setTimeout(400_000)
  await signInAt(page, urls.admin, staffAccount)
  for (const path of [
    '/',
    '/orders',
    '/returns',
    '/drafts',
    '/drafts/new',
    '/products',
    '/products/new',
    '/stock',
    '/stock/movements',
    '/stock/receipts',
    '/stock/transfers',
    '/stock/counts',
    '/stock/locations',
    '/promotions',
    '/promotions/new',
    '/delivery',
    '/taxes',
    '/payments/reconciliation',
    '/customers',
    '/gift-cards',
    '/mailbox',
    '/events',
    '/audit',
  ]) {
    await opensWell(page, path)
  }
})

test('what only the owner may open does so for the owner alone, and breaks no accessibility rule', async ({
  page,
  browser,
}) => {
  await signInAt(page, urls.admin, ownerAccount)
  await opensWell(page, '/activity')
  const staff = await browser.newPage()
  await signInAt(staff, urls.admin, staffAccount)
  await staff.goto(`${urls.admin}/activity`)
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText('Dashboard')
  await staff.close()
})

async function opensWell(page: Page, path: string): Promise<void> {
  await page.goto(`${urls.admin}${path}`)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id, nodes }) => ({ path, id, at: nodes.map(({ target }) => target) }))).toEqual([])
}
