import { describe, expect, test } from 'vitest'
import { addedItems, remainingItems, whyNotThese } from './edit-rules.ts'

const item = (sku: string, quantity: number) => ({
  sku,
  quantity,
  productId: sku,
  productSlug: sku,
  name: sku,
  optionsLabel: '',
  imageUrl: null,
  unitPrice: { amount: 100, currency: 'EUR' as const },
  total: { amount: 100, currency: 'EUR' as const },
  discount: { amount: 0, currency: 'EUR' as const },
  discounts: [],
  shippedQuantity: 0,
  deliveredQuantity: 0,
  returnedQuantity: 0,
  returnPendingQuantity: 0,
  returnableQuantity: 0,
  shipsLater: 0,
  expectedOn: null,
})
const order = { items: [item('MUG', 3), item('BOWL', 1)] }

describe('the lines that stay', () => {
  test('are all of them until somebody takes pieces out, and never more than there were', () => {
    expect(remainingItems(order, {})).toEqual([
      { sku: 'MUG', quantity: 3 },
      { sku: 'BOWL', quantity: 1 },
    ])
    expect(remainingItems(order, { MUG: 9, BOWL: 0 })).toEqual([{ sku: 'MUG', quantity: 3 }])
  })

  test('are an edit when some are gone and some are left', () => {
    expect(whyNotThese(order, remainingItems(order, {}))).toMatch('at least one')
    expect(whyNotThese(order, remainingItems(order, { MUG: 0, BOWL: 0 }))).toMatch('cancel')
    expect(whyNotThese(order, remainingItems(order, { MUG: 1 }))).toBeUndefined()
  })
})

describe('what is added', () => {
  const blue = {
    sku: 'BLUE',
    name: 'Mug',
    optionsLabel: 'Blue',
    price: { amount: 100, currency: 'EUR' as const },
  }

  test('is more of a line at what was paid for it, and other things at the price that was chosen', () => {
    const kept = { MUG: 5, BOWL: 0 }
    expect(addedItems(order, kept, [{ ...blue, quantity: 1, pricedAs: '' }])).toEqual([
      { sku: 'MUG', quantity: 2, pricedAs: 'MUG' },
      { sku: 'BLUE', quantity: 1 },
    ])
    expect(addedItems(order, {}, [{ ...blue, quantity: 2, pricedAs: 'BOWL' }])).toEqual([
      { sku: 'BLUE', quantity: 2, pricedAs: 'BOWL' },
    ])
    expect(remainingItems(order, kept)).toEqual([{ sku: 'MUG', quantity: 3 }])
  })

  test('may take the place of everything', () => {
    const nothing = remainingItems(order, { MUG: 0, BOWL: 0 })
    expect(whyNotThese(order, nothing, [{ quantity: 1 }])).toBeUndefined()
  })
})
