import { expect, test } from '@playwright/test'
import {
  chargeBesideTheShop,
  deliverByApi,
  editByApi,
  makeProduct,
  orderByApi,
  refuseNextRefund,
  returnByApi,
  signInAt,
  staffAccount,
  urls,
} from './shop.ts'

test('staff find money that the books do not know, look at both sides and settle it', async ({ page }) => {
  test.setTimeout(240_000)
  const charge = await chargeBesideTheShop(700)
  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/payments/reconciliation`)
  const row = page.getByRole('row', { name: charge.id })
  await expect(async () => {
    await page.getByRole('button', { name: 'Compare now' }).click()
    await expect(row).toBeVisible({ timeout: 3000 })
    // What happened within the last minute may still be on its way, and is not compared yet.
  }).toPass({ timeout: 150_000, intervals: [10_000] })
  await expect(row).toContainText('Waits for a person')
  await row.getByRole('button', { name: `Open difference of ${charge.id}` }).click()
  const dialog = page.getByRole('dialog', { name: 'A charge that we do not know' })
  await expect(dialog.getByText('€7.00 of €7.00 taken')).toBeVisible()
  await dialog.getByRole('button', { name: 'Settle by hand' }).click()
  await expect(dialog.getByText('Say what was done about it.')).toBeVisible()
  await dialog.getByLabel('What was done').fill('From the till at the fair')
  await dialog.getByRole('button', { name: 'Settle by hand' }).dblclick()
  await expect(dialog).toBeHidden()
  await expect(row).toContainText('Settled by hand')
  await row.getByRole('button', { name: 'Open difference' }).click()
  await expect(dialog.getByText('From the till at the fair')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Settle by hand' })).toHaveCount(0)
})

test('a refund of a return that the bank refused is said so, and goes through when tried again', async ({
  page,
}) => {
  const product = await makeProduct({ stock: 3, priceMinor: 1900 })
  const order = await orderByApi(product, 2)
  await deliverByApi(order)
  const { id } = await returnByApi(order, product.sku)
  await refuseNextRefund(order.payment.id)
  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/returns/${id}`)
  const refund = async () => {
    await page.getByRole('button', { name: 'Refund', exact: true }).click()
    await page.getByRole('button', { name: /^Refund .*19\.00/ }).click()
  }
  await refund()
  await expect(page.getByText('The last refund was refused')).toBeVisible({ timeout: 20_000 })
  await refund()
  await expect(page.getByText('Nothing is left to do.')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('The last refund was refused')).toHaveCount(0)
})

test('a refund of an edit that the bank refused is said so, and goes through when tried again', async ({
  page,
}) => {
  const product = await makeProduct({ stock: 3, priceMinor: 1900 })
  const order = await orderByApi(product, 2)
  await refuseNextRefund(order.payment.id)
  await editByApi(order, product.sku, 1)
  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/orders/${order.id}`)
  await expect(page.getByText('Refund refused', { exact: true })).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Refund again' }).dblclick()
  await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Refund again' })).toHaveCount(0)
  await page.reload()
  await expect(page.getByText('succeeded', { exact: true })).toHaveCount(1)
})
