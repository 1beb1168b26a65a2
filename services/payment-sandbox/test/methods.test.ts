import { startSandboxProcess, type TestSandbox } from '@souk/testing/sandbox-process'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCharge, getCharge } from './charge-body.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startSandboxProcess()
})
afterAll(async () => await sandbox?.stop())

const approve = async (url: string | undefined) =>
  await fetch(`${url}/approve`, { method: 'POST', redirect: 'manual' })

test('the list of banks and wallets is the list that can be charged', async () => {
  type Choices = { code: string; name: string }[]
  const { body } = await sandbox.call<{ banks: Choices; wallets: Choices }>('GET', '/v1/methods')
  expect(body.banks.length).toBeGreaterThan(3)
  for (const { code, name } of body.banks)
    expect(await createCharge(sandbox, { type: 'netbanking', bank: code })).toMatchObject({
      status: 'requires_action',
      method: { label: name },
    })
  for (const { code, name } of body.wallets)
    expect(await createCharge(sandbox, { type: 'wallet', wallet: code })).toMatchObject({
      method: { label: name },
    })
})

test('the bank’s page has a sign-in that sends nothing, the wallet’s has none', async () => {
  const bank = await createCharge(sandbox, { type: 'netbanking', bank: 'HDFC' })
  const page = await (await fetch(bank.action?.url ?? '')).text()
  expect(page).toContain('HDFC Bank')
  expect(page).toContain('<label for="password">Password</label>')
  expect(page).not.toMatch(/<input[^>]* name=/)
  const wallet = await createCharge(sandbox, { type: 'wallet', wallet: 'paytm' })
  expect(await (await fetch(wallet.action?.url ?? '')).text()).not.toContain('password')
})

test.each([[{ type: 'netbanking', bank: 'FAIL' }], [{ type: 'wallet', wallet: 'emptywallet' }]])(
  '%j refuses after the customer has approved',
  async (method) => {
    const charge = await createCharge(sandbox, method)
    await approve(charge.action?.url)
    expect(await getCharge(sandbox, charge.id)).toMatchObject({
      status: 'declined',
      failure: { code: 'bank_refused' },
    })
  },
)

test.each([[{ type: 'netbanking', bank: 'SLOW' }], [{ type: 'wallet', wallet: 'slowwallet' }]])(
  '%j is pending for a while after the customer has approved, also over a restart',
  async (method) => {
    const charge = await createCharge(sandbox, method)
    await approve(charge.action?.url)
    expect((await getCharge(sandbox, charge.id)).status).toBe('requires_action')
    sandbox.kill('SIGKILL')
    await sandbox.restart()
    await until('it is paid', async () => (await getCharge(sandbox, charge.id)).status === 'captured')
  },
)

test('a bank that nobody knows cannot be charged', async () => {
  const body = {
    amount: 4800,
    currency: 'EUR',
    method: { type: 'netbanking', bank: 'NOBANK' },
    reference: 'payment-of-nobody',
    returnUrl: 'http://localhost:3000/orders/1',
  }
  const answer = await sandbox.call('POST', '/v1/charges', { body, key: 'key-of-nobody' })
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_token' } } })
})
