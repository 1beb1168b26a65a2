import { newId } from '@souk/kernel/id'
import type { TestSandbox } from '@souk/testing/sandbox-process'
import type { Charge } from '../src/charge/charge.ts'

export const card = (token: string) => ({ type: 'card', token })
export const upi = (vpa: string) => ({ type: 'upi', vpa })

export function chargeBody(method: object, overrides: object = {}) {
  return {
    amount: 4800,
    currency: 'EUR',
    method,
    reference: newId(),
    returnUrl: 'http://localhost:3000/orders/1',
    ...overrides,
  }
}

export async function createCharge(sandbox: TestSandbox, method: object, overrides: object = {}) {
  const body = chargeBody(method, overrides)
  const answer = await sandbox.call<Charge>('POST', '/v1/charges', { body, key: newId() })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

export async function getCharge(sandbox: TestSandbox, id: string): Promise<Charge> {
  return (await sandbox.call<Charge>('GET', `/v1/charges/${id}`)).body
}
