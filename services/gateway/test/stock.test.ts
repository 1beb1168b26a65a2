import { createSoukClient, type SoukClient } from '@souk/api/client'
import { AppError } from '@souk/kernel/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from './harness.ts'

let gateway: TestGateway
let staff: SoukClient
beforeAll(async () => {
  gateway = await startTestGateway()
  const token = await gateway.tokenFor({ roles: ['staff'] })
  staff = createSoukClient({ url: gateway.url, token: async () => token })
})
afterAll(async () => await gateway?.stop())

describe('stock, as staff see it', () => {
  it('has the name and the picture of the product beside each SKU', async () => {
    const { items } = await staff.admin.stock.list.query({})
    expect(items).toMatchObject([
      { sku: 'MUG-OAT', available: 4, product: { name: 'Harbour mug', optionsLabel: 'Oat', imageUrl: null } },
    ])
  })

  it('is found by the name of a product too', async () => {
    await staff.admin.stock.list.query({ q: 'harbour' })
    const asked = gateway.neighbours.inventory.callsTo('stock.list').at(-1)?.input
    expect(asked).toMatchObject({ q: 'harbour', orSkus: [expect.stringMatching(/^SKU-/)] })
  })

  it('is shown without names while the catalogue cannot be asked', async () => {
    gateway.neighbours.product.answer({
      'product.quote': () => {
        throw new AppError('UNAVAILABLE', 'No answer')
      },
    })
    const { items } = await staff.admin.stock.list.query({})
    expect(items).toMatchObject([{ sku: 'MUG-OAT', available: 4, product: null }])
  })
})
