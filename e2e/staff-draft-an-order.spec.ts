import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { fillCard, makeProduct, signInAt, staffAccount, urls } from './shop.ts'

test('staff draft an order, its customer pays it by the link and downloads the invoice', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const product = await makeProduct({ stock: 3, priceMinor: 4800 })
  const email = `draft-${product.sku.toLowerCase()}@example.test`
  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/drafts/new`)
  await expect(async () => {
    await page.getByLabel('Add a product').fill('')
    await page.getByLabel('Add a product').fill(product.name)
    await page.getByRole('button', { name: new RegExp(`^Add.*${product.name}`) }).click({ timeout: 8000 })
  }).toPass({ timeout: 60_000 })
  await page.getByLabel('Unit price in €').fill('40.00')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Full name').fill('Žofie Draft')
  await page.getByLabel('Street and house number').fill('Harbour 1')
  await page.getByLabel('Postal code').fill('20457')
  await page.getByLabel('Town or city').fill('Hamburg')
  await page.getByRole('button', { name: 'Save the draft' }).click()
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: 'Send to the customer' }).click()
  await expect(page.getByText('Sent', { exact: true })).toBeVisible()

  // The mail is in the mailbox; its link is what the customer opens.
  await expect(async () => {
    await page.goto(`${urls.admin}/mailbox?q=${encodeURIComponent(email)}`)
    await page.getByRole('link', { name: /is ready to be paid/ }).click({ timeout: 8000 })
  }).toPass({ timeout: 60_000 })
  await page.getByRole('tab', { name: 'Plain text' }).click()
  const text = await page.locator('pre').textContent()
  const link = /https?:\S+\/drafts\/\S+/.exec(text ?? '')?.[0] ?? ''

  const customer = await browser.newPage()
  await customer.goto(link)
  await expect(customer).toHaveURL(/\/drafts\/[0-9a-f-]{36}$/)
  await expect(customer.getByText(product.name)).toBeVisible()
  await fillCard(customer, '4242 4242 4242 4242')
  await customer.getByRole('button', { name: /^Pay / }).click()
  await expect(customer.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible({
    timeout: 30_000,
  })
  const invoice = customer.getByRole('link', { name: /^Invoice INV-\d{4}-\d{6}/ })
  await expect(invoice).toBeVisible({ timeout: 20_000 })
  const number = /INV-\d{4}-\d{6}/.exec((await invoice.textContent()) ?? '')?.[0]
  const [download] = await Promise.all([customer.waitForEvent('download'), invoice.click()])
  expect(download.suggestedFilename()).toBe(`${number}.pdf`)
  const pdf = await readFile(await download.path())
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  // The title in the document's own description names it.
  const hex = Buffer.from(`Invoice ${number}`, 'utf8')
  const wide = Buffer.from(`Invoice ${number}`, 'utf16le').swap16()
  expect(pdf.includes(hex) || pdf.includes(wide)).toBe(true)

  // The link says what became of it, and orders nothing twice.
  await customer.goto(link)
  await expect(customer.getByText('This order has been placed.', { exact: false })).toBeVisible()
  await customer.close()
})
