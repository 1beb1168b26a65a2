import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canMoveEdit, orderEditEdges, orderEditStatuses } from '../contract.ts'
import type { Order } from '../order/order.ts'
import { priceOrder } from '../pricing/price-order.ts'
import type { Promotion } from '../promotion/promotion.ts'
import { paidBy } from './plan-edit.ts'
import { edit, shippingPaidMinor } from './price-edit.ts'

const promotion = (id: string, over: Partial<Promotion>): Promotion => ({
  id,
  code: null,
  name: id,
  kind: 'percentage',
  value: 0,
  minSubtotalMinor: 0,
  minQuantity: 0,
  scope: { categories: [], products: [], skus: [] },
  offer: null,
  customers: [],
  isFirstOrder: false,
  isExclusive: false,
  priority: 0,
  isActive: true,
  usageLimit: null,
  perCustomerLimit: null,
  usedCount: 0,
  startsAt: null,
  endsAt: null,
  ...over,
})

type Bought = { unitPriceMinor: number; quantity: number; rate: number }

/** An order as placing makes it. */
function ordered(
  bought: readonly Bought[],
  { percent = 0, off = 0, freeShipping = false, pricesIncludeTax = true, shippingMinor = 490 } = {},
): Order {
  const goods = bought.map(({ unitPriceMinor, quantity, rate }, index) => ({
    sku: `S${index}`,
    unitPriceMinor,
    quantity,
    taxClass: `c${rate}`,
    productId: `p${index}`,
    categorySlug: 'tableware',
  }))
  const price = priceOrder({
    lines: goods,
    shippingMinor,
    promotions: [
      ...(percent > 0 ? [promotion('percent', { value: percent * 100 })] : []),
      ...(off > 0 ? [promotion('off', { kind: 'amount', value: off })] : []),
      ...(freeShipping ? [promotion('ship', { kind: 'free_shipping' })] : []),
    ],
    tax: {
      rates: { standard: 1900, ...Object.fromEntries(bought.map(({ rate }) => [`c${rate}`, rate])) },
      pricesIncludeTax,
    },
  })
  const { lines, ...totals } = price
  const nothing = { returnedQuantity: 0, shippedQuantity: 0, deliveredQuantity: 0, returnPendingQuantity: 0 }
  const at = new Date('2026-11-21T10:00:00Z')
  return {
    ...totals,
    id: 'o',
    number: 'SK-1',
    status: 'confirmed',
    userId: null,
    email: 'a@example.test',
    customerName: 'A',
    shippingAddress: { name: 'A', line1: 'S 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
    shippingMethod: { code: 'standard', name: 'Standard' },
    promotionCode: null,
    currency: 'EUR',
    refundedMinor: 0,
    shippedMinor: 0,
    returnUntil: null,
    paymentId: 'p',
    paymentInput: null,
    payment: {
      id: 'p',
      orderId: 'o',
      status: 'captured',
      action: null,
      failure: null,
      method: { type: 'card', label: 'Card' },
    },
    reason: null,
    refusal: null,
    placing: [],
    cartId: null,
    version: 1,
    revision: 1,
    placedAt: at,
    confirmedAt: at,
    checks: 0,
    createdAt: at,
    updatedAt: at,
    lines: goods.map(({ sku, unitPriceMinor, quantity }, index) => {
      const line = lines[index]
      if (!line) throw new Error('not priced')
      const { totalMinor, discountMinor, discounts, taxMinor, taxBasisPoints } = line
      const product = { productId: sku, productSlug: sku, name: sku, optionsLabel: '', imageUrl: null }
      return {
        ...product,
        ...nothing,
        sku,
        unitPriceMinor,
        quantity,
        totalMinor,
        discountMinor,
        discounts,
        taxMinor,
        taxBasisPoints,
      }
    }),
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const anyBought = fc.array(
  fc.record({
    unitPriceMinor: fc.integer({ min: 1, max: 200_000 }),
    quantity: fc.integer({ min: 1, max: 20 }),
    rate: fc.constantFrom(0, 700, 1900),
  }),
  { minLength: 1, maxLength: 5 },
)
const anyTerms = fc.record({
  percent: fc.integer({ min: 0, max: 90 }),
  off: fc.integer({ min: 0, max: 5000 }),
  freeShipping: fc.boolean(),
  pricesIncludeTax: fc.boolean(),
  shippingMinor: fc.integer({ min: 1, max: 900 }),
})

describe('what an edit takes off an order', () => {
  test('is never less than nothing, adds up with what is left, and leaves every part of it sound', () => {
    fc.assert(
      fc.property(
        anyBought,
        anyTerms,
        fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
        (bought, terms, picks) => {
          const before = ordered(bought, terms)
          const remaining = before.lines
            .map(({ sku, quantity }, index) => ({ sku, quantity: (picks[index] ?? 0) % (quantity + 1) }))
            .filter(({ quantity }) => quantity > 0)
          const isSame =
            sum(remaining.map(({ quantity }) => quantity)) === sum(before.lines.map((line) => line.quantity))
          const isAll = before.totalMinor === before.taxMinor
          fc.pre(remaining.length > 0 && !isSame && !isAll)
          // Of an order whose shipping was given away, what is left may be free; that is a cancellation.
          fc.pre(!(terms.freeShipping && bought.some(({ unitPriceMinor }) => unitPriceMinor < 100)))
          const { order, loweredMinor, removed } = edit(before, remaining)
          expect(loweredMinor).toBeGreaterThanOrEqual(0)
          expect(order.totalMinor + loweredMinor).toBe(before.totalMinor)
          expect(order.subtotalMinor).toBe(sum(order.lines.map((line) => line.totalMinor)))
          expect(order.shippingMinor).toBe(before.shippingMinor)
          expect(order.totalMinor).toBe(
            order.subtotalMinor -
              order.discountMinor +
              order.shippingMinor +
              (order.pricesIncludeTax ? 0 : order.taxMinor),
          )
          expect(sum(order.taxLines.map(({ netMinor, taxMinor }) => netMinor + taxMinor))).toBe(
            order.totalMinor,
          )
          expect(order.discountMinor).toBe(sum(order.promotions.map(({ amountMinor }) => amountMinor)))
          for (const line of order.lines) {
            expect(line.totalMinor).toBe(line.unitPriceMinor * line.quantity)
            expect(line.discountMinor).toBe(sum(line.discounts.map(({ amountMinor }) => amountMinor)))
            expect(line.discountMinor).toBeLessThanOrEqual(line.totalMinor)
          }
          const pieces = (lines: readonly { quantity: number }[]) =>
            sum(lines.map(({ quantity }) => quantity))
          expect(pieces(removed) + pieces(order.lines)).toBe(pieces(before.lines))
        },
      ),
    )
  })

  test('is all of it when something else takes the place of everything, with what was paid for shipping', () => {
    fc.assert(
      fc.property(anyBought, anyTerms, (bought, terms) => {
        const before = ordered(bought, terms)
        const { order, loweredMinor } = edit(before, [], { isAdding: true })
        expect(loweredMinor).toBe(before.totalMinor)
        expect(order).toMatchObject({
          lines: [],
          totalMinor: 0,
          taxMinor: 0,
          shippingMinor: 0,
          discountMinor: 0,
        })
        const shippingMinor = shippingPaidMinor(before)
        expect(shippingMinor).toBe(terms.freeShipping ? 0 : before.shippingMinor)
      }),
    )
  })

  test('pays for what is added as far as it goes: nothing is lost and nothing is paid twice', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.boolean(), (movableMinor, addedMinor, isCod) => {
        const { movedMinor, toPayMinor } = paidBy({ movableMinor, isCod }, addedMinor)
        expect(movedMinor + toPayMinor).toBe(addedMinor)
        expect(Math.min(movedMinor, toPayMinor, movableMinor - movedMinor)).toBeGreaterThanOrEqual(0)
        // Either the money is used up or nothing is left to pay.
        expect(isCod || movedMinor === movableMinor || toPayMinor === 0).toBe(true)
      }),
    )
  })

  test('of an order priced again as it is, is nothing: the rule that made the price makes it again', () => {
    fc.assert(
      fc.property(anyBought, anyTerms, (bought, terms) => {
        const one = { unitPriceMinor: 1000, quantity: 1, rate: 1900 }
        const plain = ordered(bought, { ...terms, percent: 0, off: 0 })
        const more = ordered([...bought, one], { ...terms, percent: 0, off: 0 })
        const { order } = edit(
          more,
          plain.lines.map(({ sku, quantity }) => ({ sku, quantity })),
        )
        // Without discounts to share, taking the last line out gives the order that was never made larger.
        expect(order.totalMinor).toBe(plain.totalMinor)
        expect(order.taxLines).toEqual(plain.taxLines)
        expect(order.lines).toEqual(plain.lines)
      }),
    )
  })

  test('keeps the share of the discounts that the remaining pieces had', () => {
    const { order, loweredMinor } = edit(
      ordered([{ unitPriceMinor: 1000, quantity: 3, rate: 1900 }], { percent: 10 }),
      [{ sku: 'S0', quantity: 1 }],
    )
    expect(order).toMatchObject({ subtotalMinor: 1000, discountMinor: 100, totalMinor: 1390 })
    expect(loweredMinor).toBe(1800)
  })
})

describe('an edit is refused', () => {
  const two = ordered([{ unitPriceMinor: 1000, quantity: 2, rate: 1900 }])
  const one = [{ sku: 'S0', quantity: 1 }]
  test.each([
    ['that changes nothing', two, [{ sku: 'S0', quantity: 2 }], 'as it stands'],
    ['that adds pieces', two, [{ sku: 'S0', quantity: 3 }], 'Name in `add`'],
    ['that adds a product', two, [{ sku: 'S9', quantity: 1 }], 'Name in `add`'],
    ['that names a line twice', two, [...one, ...one], 'named twice'],
    ['of an order that was cancelled', { ...two, status: 'cancelled' as const }, one, 'cannot be edited'],
    ['of an order of which money was refunded', { ...two, refundedMinor: 1 }, one, 'refunded already'],
    [
      'of an order of which a parcel left',
      { ...two, lines: two.lines.map((line) => ({ ...line, shippedQuantity: 1 })) },
      one,
      'on its way',
    ],
    [
      'of an order from before tax was kept',
      { ...two, lines: two.lines.map((line) => ({ ...line, taxBasisPoints: null })) },
      one,
      'before tax was kept',
    ],
    [
      'that leaves less than a held gift card pays',
      {
        ...two,
        payment: two.payment && {
          ...two.payment,
          status: 'authorized' as const,
          credit: { amount: 2000, currency: 'EUR' as const },
        },
      },
      one,
      'gift card',
    ],
  ])('%s', (_name, order, remaining, words) => {
    expect(() => edit(order, remaining)).toThrow(words)
  })
})

test('an edit that is over stays over', () => {
  expect(orderEditStatuses.filter((to) => canMoveEdit('completed', to))).toEqual([])
  expect(orderEditEdges.every(({ from, to }) => canMoveEdit(from, to))).toBe(true)
})
