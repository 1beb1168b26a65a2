import { newId } from '@souk/kernel/id'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from './harness.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(async () => await gateway?.stop())

describe('the download of an invoice', () => {
  it('is a file that nobody on the way keeps, and passes a guest’s key on', async () => {
    const id = newId()
    const answer = await gateway.ask(`/api/v1/invoices/${id}/pdf`, { headers: { 'x-order-token': 'a-key' } })
    expect(answer.status).toBe(200)
    expect(answer.text).toBe('%PDF-1.7 a document')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="INV-2026-000001.pdf"',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(gateway.neighbours.order.callsTo('invoice.pdf').at(-1)?.input).toEqual({ id, orderToken: 'a-key' })
  })
})
