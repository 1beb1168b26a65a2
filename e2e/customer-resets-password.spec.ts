import { expect, test } from '@playwright/test'
import { makeCustomer, ownerAccount, signInAt, urls } from './shop.ts'

test('a customer who forgot the password gets a link by mail, chooses a new one and signs in with it', async ({
  page,
  browser,
}) => {
  const customer = await makeCustomer()
  await page.goto('/forgot-password')
  await page.getByLabel('E-mail').fill(customer.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByText(`If there is an account for ${customer.email}`)).toBeVisible()

  const owner = await browser.newPage()
  await signInAt(owner, urls.admin, ownerAccount)
  await expect(async () => {
    await owner.goto(`${urls.admin}/mailbox?q=${encodeURIComponent(customer.email)}&template=password_reset`)
    await owner
      .getByRole('link', { name: /password/i })
      .first()
      .click({ timeout: 2000 })
  }).toPass({ timeout: 20_000 })
  await owner.getByRole('tab', { name: 'Plain text' }).click()
  const text = (await owner.getByRole('tabpanel', { name: 'Plain text' }).textContent()) ?? ''
  const link = /https?:\S+reset-password\S+/.exec(text)?.[0]
  if (link === undefined) throw new Error(`The mail holds no link: ${text}`)

  await page.goto(link)
  await expect(page).toHaveURL(/\/reset-password$/)
  await page.getByRole('textbox', { name: 'New password' }).fill('another long enough phrase')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()

  await page.goto(link)
  await page.getByRole('textbox', { name: 'New password' }).fill('a third long enough phrase')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('The password was not changed')).toBeVisible()

  await signInAt(page, urls.web, { ...customer, password: 'another long enough phrase' })
  await expect(page).toHaveURL(/\/account/)
})
