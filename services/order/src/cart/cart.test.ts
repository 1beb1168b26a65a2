import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addItem, type CartItem, mergeItems, setQuantity } from './cart.ts'

const item = fc.record({
  sku: fc.constantFrom('a', 'b', 'c', 'd'),
  quantity: fc.integer({ min: 1, max: 999 }),
})
const items = fc.array(item).map((list) => list.reduce<CartItem[]>((cart, next) => addItem(cart, next), []))

describe('a cart', () => {
  test('adds to a line that is there, and puts new ones last', () => {
    const cart = addItem(addItem(addItem([], { sku: 'a', quantity: 1 }), { sku: 'b', quantity: 1 }), {
      sku: 'a',
      quantity: 2,
    })
    expect(cart).toEqual([
      { sku: 'a', quantity: 3 },
      { sku: 'b', quantity: 1 },
    ])
  })

  test('loses a line whose quantity is set to zero, and gains one that is set', () => {
    expect(setQuantity([{ sku: 'a', quantity: 3 }], { sku: 'a', quantity: 0 })).toEqual([])
    expect(setQuantity([], { sku: 'a', quantity: 3 })).toEqual([{ sku: 'a', quantity: 3 }])
  })

  test('refuses a hundred-and-first item', () => {
    const full = Array.from({ length: 100 }, (_, index) => ({ sku: `s${index}`, quantity: 1 }))
    expect(() => addItem(full, { sku: 'one-more', quantity: 1 })).toThrow('100 different items')
  })

  test('never holds a SKU twice nor a quantity outside 1 to 999', () => {
    fc.assert(
      fc.property(items, item, (cart, next) => {
        for (const result of [addItem(cart, next), setQuantity(cart, next), mergeItems(cart, [next])]) {
          expect(new Set(result.map(({ sku }) => sku)).size).toBe(result.length)
          expect(result.every(({ quantity }) => quantity >= 1 && quantity <= 999)).toBe(true)
        }
      }),
    )
  })

  test('merging twice is merging once', () => {
    fc.assert(
      fc.property(items, items, (own, guest) => {
        const once = mergeItems(own, guest)
        expect(mergeItems(once, guest)).toEqual(once)
      }),
    )
  })
})
