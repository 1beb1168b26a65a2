import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { signInAt, staffAccount, urls } from './shop.ts'

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
    await page.goto(`${urls.admin}${path}`)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag22aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => ({ path, id, at: nodes.map(({ target }) => target) }))).toEqual(
      [],
    )
  }
})
