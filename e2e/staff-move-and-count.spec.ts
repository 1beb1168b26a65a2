import { expect, test } from '@playwright/test'
import { newId } from '@souk/kernel/id'
import { makeProduct, signInAt, staffAccount, urls } from './shop.ts'

test('staff move stock between two locations and count a shelf', async ({ page }) => {
  test.setTimeout(120_000)
  const product = await makeProduct({ stock: 6 })
  const annex = `Annex ${newId().slice(-8)}`
  await signInAt(page, urls.admin, staffAccount)

  await page.goto(`${urls.admin}/stock/locations`)
  await page.getByRole('button', { name: 'New location' }).click()
  await page.getByLabel('Name', { exact: true }).fill(annex)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('list', { name: 'Locations' }).getByText(annex)).toBeVisible()

  await page.getByRole('link', { name: 'Transfers', exact: true }).click()
  await page.getByLabel('From', { exact: true }).selectOption({ label: 'Main warehouse' })
  await page.getByLabel('To', { exact: true }).selectOption({ label: annex })
  await page.getByLabel('SKU', { exact: true }).fill(product.sku)
  await page.getByLabel('Pieces', { exact: true }).fill('2')
  await page.getByLabel('Pieces', { exact: true }).press('Enter')
  await expect(page.getByRole('list', { name: 'Goods' }).getByText(product.name)).toBeVisible()
  await page.getByRole('button', { name: 'Send 2 pieces' }).click()
  await page.getByRole('link', { name: `Main warehouse to ${annex}` }).click()
  await page.getByLabel(`Arrived of ${product.sku}`).fill('1')
  await page.getByRole('button', { name: 'Receive' }).click()
  await expect(page.getByRole('status').getByText('Received')).toBeVisible()

  await page.goto(`${urls.admin}/stock/counts`)
  await page.getByLabel('Location', { exact: true }).selectOption({ label: annex })
  await page.getByRole('button', { name: 'Begin counting' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Count of ${annex}` })).toBeVisible()
  await page.getByLabel('SKU', { exact: true }).fill(product.sku)
  await page.getByLabel('SKU', { exact: true }).press('Tab')
  await page.keyboard.type('3')
  await page.keyboard.press('Enter')
  const counted = page.getByRole('table', { name: 'Counted goods' }).getByRole('row', { name: product.sku })
  await expect(counted).toContainText('+2')
  // Ready for the next box without a hand on the mouse.
  await expect(page.getByLabel('SKU', { exact: true })).toBeFocused()
  await page.getByRole('button', { name: 'Post the count' }).click()
  await page.getByRole('button', { name: 'Post it' }).click()
  await expect(page.getByRole('status').getByText('Posted')).toBeVisible()

  await counted.getByRole('link', { name: product.sku }).click()
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(product.name) })).toBeVisible()
  const places = page.getByRole('table', { name: 'Levels per location' })
  await expect(places.getByRole('row', { name: annex })).toContainText('3')
  await expect(places.getByRole('row', { name: 'Main warehouse' })).toContainText('4')
  await page.getByLabel('May be promised beyond stock').fill('5')
  await page.getByRole('button', { name: 'Save rules' }).click()
  await expect(page.getByText('of 5 at most')).toBeVisible()
})
