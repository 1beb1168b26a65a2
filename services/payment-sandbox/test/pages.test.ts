import { startSandboxProcess, type TestSandbox } from '@souk/testing/sandbox-process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testCards } from '../src/charge/methods.ts'
import { card, createCharge, getCharge, upi } from './charge-body.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startSandboxProcess({ env: { SANDBOX_FIELDS_ORIGINS: 'https://shop.example' } })
})
afterAll(async () => await sandbox?.stop())

const year = new Date().getFullYear() + 2
const tokenize = async (fields: object) =>
  await fetch(`${sandbox.url}/fields/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ expiryMonth: 4, expiryYear: year, cvc: '123', ...fields }),
  })

describe('card fields', () => {
  test('are framed only by shops on the list', async () => {
    const allowed = await fetch(`${sandbox.url}/fields?origin=https://shop.example`)
    expect(allowed.status).toBe(200)
    expect(allowed.headers.get('content-security-policy')).toContain(
      "frame-ancestors https://shop.example 'self'",
    )
    expect(await allowed.text()).toContain('data-origin="https://shop.example"')
    const other = await fetch(`${sandbox.url}/fields?origin=https://evil.example`)
    expect(other.status).toBe(403)
    expect(other.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  test('an origin is text, never markup', async () => {
    const answer = await fetch(`${sandbox.url}/fields?origin=${encodeURIComponent('"><script>x</script>')}`)
    expect(await answer.text()).not.toContain('<script>x')
  })

  test.each(testCards)('$number becomes $token', async ({ number, token }) => {
    const answer = await tokenize({ number })
    expect(await answer.json()).toEqual({ token })
  })

  test.each([
    ['a card that is no test card', { number: '4111111111111111' }, 'number'],
    ['letters', { number: '4242abcd42424242' }, 'number'],
    ['an expired card', { number: '4242424242424242', expiryYear: 2020 }, 'expiry'],
    ['a short code', { number: '4242424242424242', cvc: '12' }, 'cvc'],
  ])('%s is refused at its field', async (_name, fields, field) => {
    const answer = await tokenize(fields)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { field } })
  })

  test('a card number is kept nowhere', async () => {
    const broken = await fetch(`${sandbox.url}/fields/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"number":"4111111111111111",',
    })
    expect(broken.status).toBe(400)
    await tokenize({ number: '4242424242424242' })
    await createCharge(sandbox, card('tok_visa'))
    expect(await broken.text()).not.toContain('4111')
    const log = await sandbox.log()
    for (const number of ['4111111111111111', ...testCards.map((card) => card.number)])
      expect(log).not.toContain(number)
  })
})

describe('approval pages', () => {
  const pathOf = (url: string | undefined) => new URL(url ?? '').pathname
  const answer = async (path: string) =>
    await fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })

  test.each([
    ['approve', 'captured'],
    ['decline', 'declined'],
  ])('3-D Secure: %s leads back to the shop and the charge is %s', async (choice, status) => {
    const charge = await createCharge(sandbox, card('tok_3ds'))
    const path = pathOf(charge.action?.url)
    expect(path).toMatch(/^\/3ds\//)
    expect(await (await fetch(`${sandbox.url}${path}`)).text()).toContain('€48.00')
    const answered = await answer(`${path}/${choice}`)
    expect(answered.status).toBe(303)
    expect(answered.headers.get('location')).toBe('http://localhost:3000/orders/1')
    expect((await getCharge(sandbox, charge.id)).status).toBe(status)
  })

  test('a second answer changes nothing', async () => {
    const charge = await createCharge(sandbox, upi('someone@bank'))
    const path = pathOf(charge.action?.url)
    await answer(`${path}/approve`)
    await answer(`${path}/decline`)
    expect((await getCharge(sandbox, charge.id)).status).toBe('captured')
    expect(await (await fetch(`${sandbox.url}${path}`)).text()).toContain('Payment approved')
  })

  test.each([
    ['netbanking', { type: 'netbanking', bank: 'SBIN' }],
    ['wallet', { type: 'wallet', wallet: 'paytm' }],
  ])('%s has its page too', async (kind, method) => {
    const charge = await createCharge(sandbox, method)
    expect(pathOf(charge.action?.url)).toMatch(new RegExp(`^/${kind}/`))
    await answer(`${pathOf(charge.action?.url)}/approve`)
    expect((await getCharge(sandbox, charge.id)).status).toBe('captured')
  })

  test('an unknown address is a page that says so', async () => {
    const page = await fetch(`${sandbox.url}/upi/${'0'.repeat(32)}`)
    expect(page.status).toBe(404)
    expect(await page.text()).toContain('There is no such payment')
  })
})
