import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paidForGoods } from '../return/return.ts'
import type { TaxRules } from '../tax/tax.ts'
import { type ExchangedPiece, priceExchange, type TodaysVariant } from './price-exchange.ts'

const included: TaxRules = { rates: { standard: 1900 }, pricesIncludeTax: true }
const added: TaxRules = { rates: { standard: 825 }, pricesIncludeTax: false }
const variant = (sku: string, unitPriceMinor: number): TodaysVariant => ({
  sku,
  productId: 'p',
  productSlug: 'shirt',
  name: 'Shirt',
  optionsLabel: sku,
  imageUrl: null,
  taxClass: 'standard',
  categorySlug: 'shirts',
  unitPriceMinor,
})
/** Shirts of size M at 20.00 a piece, with what an order's discount took off them. */
const bought = (quantity = 2, discountMinor = 0, tax = included) => {
  const totalMinor = 2000 * quantity
  const taxMinor = tax.pricesIncludeTax ? 0 : Math.round(((totalMinor - discountMinor) * 825) / 10_000)
  const line = { sku: 'M', quantity, unitPriceMinor: 2000, totalMinor, discountMinor, taxMinor }
  return {
    discountMinor,
    shippingMinor: 490,
    subtotalMinor: totalMinor,
    pricesIncludeTax: tax.pricesIncludeTax,
    lines: [{ ...line, taxBasisPoints: 1900, returnedQuantity: 0 }],
  }
}
const options = { id: 'x', name: 'Exchange of R-1001', tax: included, actor: 'clerk' }
const piece = (wanted: TodaysVariant, over: Partial<ExchangedPiece> = {}): ExchangedPiece => ({
  sku: 'M',
  quantity: 1,
  wanted,
  todayMinor: 2000,
  ...over,
})
const totalOf = (order: ReturnType<typeof bought>, ...pieces: ExchangedPiece[]) =>
  priceExchange(order, pieces, options).price.totalMinor

describe('the price of an exchange', () => {
  test.each([
    ['another size at the same price costs what was paid', 0, variant('L', 2000), 2000, 2000],
    ['also after a discount', 1001, variant('L', 2000), 2000, 1499],
    ['also when both became dearer since', 0, variant('L', 2500), 2500, 2000],
    ['also when it alone costs today what was paid then', 0, variant('L', 2000), 2500, 2000],
    ['the same again costs what was paid, whatever it costs today', 500, variant('M', 2700), 2700, 1750],
    ['a dearer one costs its price of today', 500, variant('XXL', 2300), 2000, 2300],
    ['a cheaper one costs its price of today', 0, variant('S', 1500), 2000, 1500],
    ['a cheaper one never costs more than was paid', 2000, variant('S', 1500), 2000, 1000],
    [
      'a variant that is dearer than one not sold any more costs its price',
      0,
      variant('L', 2100),
      null,
      2100,
    ],
  ])('%s', (_, discountMinor, wanted, todayMinor, expected) => {
    expect(totalOf(bought(2, discountMinor), piece(wanted, { todayMinor }))).toBe(expected)
  })

  test('of two sizes for one is one line, of which each piece keeps its price', () => {
    const order = bought(3, 0)
    const pieces = [piece(variant('L', 2000)), piece(variant('L', 2000), { quantity: 2 })]
    const { lines, price } = priceExchange(order, pieces, options)
    expect(lines).toMatchObject([{ sku: 'L', quantity: 3, unitPriceMinor: 2000, pricedBy: null }])
    expect(price).toMatchObject({ totalMinor: 6000, discountMinor: 0, shippingMinor: 0, promotions: [] })
  })

  test('that does not divide by its pieces is rounded up a piece and the cents are taken off again', () => {
    const { lines, price } = priceExchange(
      bought(3, 1),
      [piece(variant('L', 2000), { quantity: 3 })],
      options,
    )
    expect(lines).toMatchObject([{ unitPriceMinor: 2000, pricedBy: null }])
    expect(price).toMatchObject({ totalMinor: 5999, discountMinor: 1, subtotalMinor: 6000 })
    const two = priceExchange(bought(3, 1000), [piece(variant('L', 2000), { quantity: 2 })], options)
    expect(two.lines).toMatchObject([{ unitPriceMinor: 1667, pricedBy: 'clerk' }])
    expect(two.price.totalMinor).toBe(3333)
  })

  test('is never more than what comes back is worth when nothing wanted is dearer, with tax in the price or added', () => {
    fc.assert(
      fc.property(
        fc.record({
          quantity: fc.integer({ min: 1, max: 9 }),
          off: fc.double({ min: 0, max: 0.99, noNaN: true }),
          isAdded: fc.boolean(),
          wishes: fc.array(
            fc.record({ sku: fc.constantFrom('L', 'S', 'M'), price: fc.constantFrom(2000, 1990, 1500, 7) }),
            { minLength: 1, maxLength: 9 },
          ),
          before: fc.nat({ max: 8 }),
        }),
        ({ quantity, off, isAdded, wishes, before }) => {
          const tax = isAdded ? added : included
          const order = bought(quantity, Math.floor(2000 * quantity * off), tax)
          const prices = new Map(wishes.map(({ sku, price }) => [sku, price]))
          const pieces = wishes.slice(0, quantity).map(({ sku }) => piece(variant(sku, prices.get(sku) ?? 0)))
          const { price, lines } = priceExchange(order, pieces, { ...options, tax })
          const [line] = order.lines
          if (!line) throw new Error('no line')
          // Other pieces may have come back before.
          line.returnedQuantity = Math.min(before, quantity - pieces.length)
          const worth = paidForGoods(order, [{ sku: 'M', quantity: pieces.length }])
          expect(price.totalMinor).toBeLessThanOrEqual(worth)
          expect(lines.reduce((sum, each) => sum + each.quantity, 0)).toBe(pieces.length)
          expect(price.subtotalMinor - price.discountMinor).toBeGreaterThanOrEqual(0)
          const isEven = pieces.every(({ wanted }) => wanted.unitPriceMinor === 2000 || wanted.sku === 'M')
          if (isEven) expect(worth - price.totalMinor).toBeLessThanOrEqual(3 + pieces.length)
        },
      ),
    )
  })
})
