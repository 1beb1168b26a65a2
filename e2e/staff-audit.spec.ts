import { expect, test } from '@playwright/test'
import { makeProduct, orderByApi, signInAt, staffAccount, urls } from './shop.ts'

test('staff run the audit on a shop that sells, and every invariant holds', async ({ page }) => {
  test.setTimeout(120_000)
  await orderByApi(await makeProduct({ stock: 3 }))
  await signInAt(page, urls.admin, staffAccount)
  await page.getByRole('link', { name: 'Audit', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()

  const begun = page.waitForResponse(/admin\.invariants\.run/)
  const run = page.getByRole('button', { name: 'Run now' })
  await run.click()
  await begun
  // The button has its name back when the run has ended; until then the page shows what was found before.
  await expect(run).toBeVisible({ timeout: 90_000 })
  await expect(page.getByText(/Last run at .*: every invariant holds\./)).toBeVisible()
  const lines = page.getByRole('table', { name: 'Invariants' }).getByRole('row')
  const checks = lines.filter({ hasText: /^I\d+ / })
  expect(await checks.count()).toBeGreaterThanOrEqual(20)
  await expect(checks.filter({ hasNotText: 'OK' })).toHaveCount(0)
})
