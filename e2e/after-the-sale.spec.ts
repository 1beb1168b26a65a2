import { expect, test } from '@playwright/test'
import {
  deliverByApi,
  fillCard,
  makeProduct,
  orderByApi,
  signInAt,
  staffAccount,
  stockOf,
  urls,
} from './shop.ts'

test('staff ship an order in two parcels, and the customer sees both', async ({ page, browser }) => {
  const product = await makeProduct({ stock: 5 })
  const order = await orderByApi(product, 2)
  const shopper = await browser.newPage()
  await shopper.goto(`${urls.web}/orders/${order.id}?token=${order.accessToken}`)
  await expect(shopper.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible()

  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/orders/${order.id}`)
  await page.getByRole('button', { name: 'Ship', exact: true }).click()
  await page.getByRole('button', { name: /^Decrease pieces of/ }).click()
  await page.getByLabel('Tracking number').fill('FIRST-1')
  await page.getByRole('button', { name: 'Ship 1 item' }).click()
  const parcels = shopper.getByRole('list', { name: 'Parcels' })
  await expect(parcels.getByText('FIRST-1')).toBeVisible({ timeout: 20_000 })
  await expect(shopper.getByRole('heading', { name: 'A part of your order is on its way' })).toBeVisible()
  await expect(shopper.getByText('The rest follows in another parcel.', { exact: false })).toBeVisible()

  await page.getByRole('button', { name: 'Ship', exact: true }).click()
  await page.getByLabel('Tracking number').fill('SECOND-2')
  await page.getByRole('button', { name: 'Ship 1 item' }).click()
  await expect(shopper.getByRole('heading', { name: 'Your order is on its way' })).toBeVisible({
    timeout: 20_000,
  })
  await expect(parcels.getByText('SECOND-2')).toBeVisible()

  await page.getByRole('button', { name: 'Parcel 1 arrived' }).click()
  await expect(parcels.getByText('Delivered', { exact: true })).toHaveCount(1, { timeout: 20_000 })
  await page.getByRole('button', { name: 'Parcel 2 arrived' }).click()
  await expect(shopper.getByRole('button', { name: 'Return or exchange items' })).toBeVisible({
    timeout: 20_000,
  })
  await shopper.close()
})

test('a customer cancels what has not left, and sends back what has arrived', async ({ page, browser }) => {
  const product = await makeProduct({ stock: 5 })
  const order = await orderByApi(product, 3)
  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/orders/${order.id}`)
  await page.getByRole('button', { name: 'Ship', exact: true }).click()
  await page.getByRole('button', { name: /^Decrease pieces of/ }).click()
  await page.getByRole('button', { name: 'Ship 2 items' }).click()
  await page.getByRole('button', { name: 'Parcel 1 arrived' }).click()

  const shopper = await browser.newPage()
  await shopper.goto(`${urls.web}/orders/${order.id}?token=${order.accessToken}`)
  await expect(shopper.getByRole('button', { name: 'Return or exchange items' })).toBeVisible({
    timeout: 20_000,
  })
  await shopper.getByRole('button', { name: 'Cancel the rest' }).click()
  const dialog = shopper.getByRole('dialog', { name: 'Cancel what has not left?' })
  await expect(dialog.getByText(/^1 × /)).toBeVisible()
  await dialog.getByRole('button', { name: 'Yes, cancel it' }).click()
  await expect(shopper.getByRole('heading', { name: 'Your order was delivered' })).toBeVisible({
    timeout: 20_000,
  })
  const changes = shopper.getByRole('list', { name: 'Changes' })
  await expect(changes.getByText(/^1 × .* not sent, cancelled$/)).toBeVisible()
  await expect(changes.getByText(/went back the way you paid/)).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText(/^1 × .* not sent$/)).toBeVisible({ timeout: 20_000 })
  await expect.poll(async () => (await stockOf(product.sku)).onHand, { timeout: 20_000 }).toBe(3)
  await shopper.close()
})

test('a customer returns one of two mugs and gets the money back', async ({ page, browser }) => {
  const product = await makeProduct({ stock: 5, priceMinor: 1900 })
  const order = await orderByApi(product, 2)
  await deliverByApi(order)
  const shopper = await browser.newPage()
  await shopper.goto(`${urls.web}/orders/${order.id}?token=${order.accessToken}`)
  await shopper.getByRole('button', { name: 'Return or exchange items' }).click()
  await shopper.getByRole('button', { name: 'Ask for the return' }).click()
  await expect(shopper.getByText('Choose at least one piece.')).toBeVisible()
  await shopper.getByRole('button', { name: /^Increase pieces of/ }).click()
  await shopper.getByLabel('Why?').selectOption({ label: 'It is damaged' })
  await shopper.getByLabel('Anything we should know').fill('The handle came off.')
  await shopper.getByRole('button', { name: 'Ask for the return' }).click()
  const returns = shopper.getByRole('list', { name: 'Returns' })
  await expect(returns.getByText('We look at it and write to you.', { exact: false })).toBeVisible()

  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/orders/${order.id}`)
  await page.getByRole('link', { name: /^R-\d+$/ }).click()
  await expect(page.getByText('The handle came off.')).toBeVisible()
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  await page.getByLabel('How to send it back').fill('Please bring it to the harbour.')
  await page.getByRole('button', { name: 'Approve return' }).click()
  await expect(returns.getByText('Please bring it to the harbour.')).toBeVisible({ timeout: 20_000 })

  await page.getByRole('button', { name: 'Take the goods in' }).click()
  await page.getByLabel('Back on sale').fill('0')
  await page.getByLabel('Written off').fill('1')
  await page.getByRole('dialog').getByRole('button', { name: 'Take the goods in' }).click()
  await page.getByRole('button', { name: 'Refund', exact: true }).click()
  await page.getByRole('button', { name: /^Refund .*19\.00/ }).click()
  await expect(page.getByText('Nothing is left to do.')).toBeVisible({ timeout: 20_000 })
  await expect(returns.getByText('went back the way you paid', { exact: false })).toBeVisible({
    timeout: 20_000,
  })
  expect(await stockOf(product.sku)).toMatchObject({ onHand: 3 })
  await shopper.close()
})

test('staff take a mug out of an order, and the customer sees what it costs now', async ({
  page,
  browser,
}) => {
  const product = await makeProduct({ stock: 5 })
  const order = await orderByApi(product, 3)
  const shopper = await browser.newPage()
  await shopper.goto(`${urls.web}/orders/${order.id}?token=${order.accessToken}`)
  await expect(shopper.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible()

  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/orders/${order.id}`)
  await page.getByRole('button', { name: 'Edit order' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Decrease pieces of/ }).click()
  await expect(dialog.getByText(/^New total .* less\.$/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Change the order' }).click()
  await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 20_000 })

  const changes = shopper.getByRole('list', { name: 'Changes' })
  await expect(changes.getByText(/^1 × .* taken out$/)).toBeVisible({ timeout: 20_000 })
  await expect(changes.getByText(/went back the way you paid/)).toBeVisible({ timeout: 20_000 })
  await expect.poll(async () => (await stockOf(product.sku)).onHand, { timeout: 20_000 }).toBe(3)
  await shopper.close()
})

test('staff swap a bowl for a dearer one, and the customer pays the difference by the link', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const product = await makeProduct({ stock: 5 })
  const dearer = await makeProduct({ stock: 2, priceMinor: 2400 })
  const order = await orderByApi(product, 2)
  const shopper = await browser.newPage()
  await shopper.goto(`${urls.web}/orders/${order.id}?token=${order.accessToken}`)
  await expect(shopper.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible()

  await signInAt(page, urls.admin, staffAccount)
  await page.goto(`${urls.admin}/orders/${order.id}`)
  await page.getByRole('button', { name: 'Edit order' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Decrease pieces of/ }).click()
  await expect(async () => {
    await dialog.getByLabel('Add a product').fill('')
    await dialog.getByLabel('Add a product').fill(dearer.name)
    await dialog.getByRole('button', { name: new RegExp(`^Add.*${dearer.name}`) }).click({ timeout: 8000 })
  }).toPass({ timeout: 60_000 })
  await expect(dialog.getByText(/The customer pays .*5\.00 by a link in the mail\./)).toBeVisible()
  await dialog.getByRole('button', { name: 'Change the order' }).click()
  const following = page.getByRole('list', { name: 'Orders that follow' })
  await expect(following.getByText('Waits for the customer')).toBeVisible({ timeout: 20_000 })
  expect(await stockOf(dearer.sku)).toMatchObject({ onHand: 2, reserved: 1 })

  await shopper.getByRole('link', { name: /^Pay .*5\.00$/ }).click({ timeout: 20_000 })
  await expect(shopper.getByText(`Added to your order ${order.number}.`, { exact: false })).toBeVisible()
  await fillCard(shopper, '4242 4242 4242 4242')
  await shopper.getByRole('button', { name: /^Pay .*5\.00$/ }).click()
  await expect(shopper.getByRole('heading', { name: 'Thank you, your order is confirmed' })).toBeVisible({
    timeout: 30_000,
  })
  await expect(shopper.getByText(dearer.name)).toBeVisible()
  await expect(following.getByText('Ordered')).toBeVisible({ timeout: 20_000 })
  await expect
    .poll(async () => await stockOf(dearer.sku), { timeout: 20_000 })
    .toMatchObject({
      onHand: 1,
      reserved: 0,
    })
  await expect.poll(async () => (await stockOf(product.sku)).onHand, { timeout: 20_000 }).toBe(4)
  await shopper.close()
})
