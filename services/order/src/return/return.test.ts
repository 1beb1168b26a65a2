import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canMoveReturn, returnStatuses } from '../contract.ts'
import { paidForGoods, paidForShipping, propose, type Return, refund } from './return.ts'

const line = {
  productId: '',
  productSlug: '',
  name: '',
  optionsLabel: '',
  imageUrl: null,
  returnedQuantity: 0,
  returnPendingQuantity: 0,
  shippedQuantity: 0,
  deliveredQuantity: 0,
  taxMinor: 0,
  taxBasisPoints: 0,
}

/** An order whose discount is spread over its lines in any way, and an order in which its pieces come back. */
const anyOrder = fc
  .record({
    lines: fc.array(
      fc.record({
        unitPriceMinor: fc.integer({ min: 0, max: 300_000 }),
        quantity: fc.integer({ min: 1, max: 12 }),
        off: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    shippingMinor: fc.integer({ min: 0, max: 5000 }),
    isSpreadKnown: fc.boolean(),
    pricesIncludeTax: fc.boolean(),
    ranks: fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
    cuts: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
  })
  .map(({ lines, shippingMinor, isSpreadKnown, pricesIncludeTax, ranks, cuts }) => {
    const priced = lines.map(({ unitPriceMinor, quantity, off }, index) => {
      const totalMinor = unitPriceMinor * quantity
      return {
        ...line,
        sku: `S${index}`,
        unitPriceMinor,
        quantity,
        totalMinor,
        taxMinor: Math.floor(totalMinor / 7),
        discountMinor: Math.floor(totalMinor * off),
      }
    })
    const subtotalMinor = priced.reduce((sum, each) => sum + each.totalMinor, 0)
    const discountMinor = priced.reduce((sum, each) => sum + each.discountMinor, 0)
    const order = {
      subtotalMinor,
      discountMinor,
      shippingMinor,
      pricesIncludeTax,
      totalMinor:
        subtotalMinor -
        discountMinor +
        shippingMinor +
        (pricesIncludeTax ? 0 : priced.reduce((sum, each) => sum + each.taxMinor, 0)),
      lines: isSpreadKnown
        ? priced
        : priced.map((each) => ({ ...each, discountMinor: 0, taxBasisPoints: null })),
    }
    const pieces = priced
      .flatMap(({ sku, quantity }) => Array.from({ length: quantity }, () => sku))
      .map((sku, index) => ({ sku, rank: ranks[index] ?? 0 }))
      .sort((a, b) => a.rank - b.rank)
    const returns: { sku: string; quantity: number }[][] = [[]]
    for (const [index, { sku }] of pieces.entries()) {
      if (cuts[index] && returns.at(-1)?.length) returns.push([])
      returns.at(-1)?.push({ sku, quantity: 1 })
    }
    return { order, returns }
  })

describe('what was paid for goods that come back', () => {
  test('adds up over all returns to what was paid for all goods, and is never negative', () => {
    fc.assert(
      fc.property(anyOrder, ({ order, returns }) => {
        let given = 0
        for (const pieces of returns) {
          const share = paidForGoods(order, pieces)
          expect(share).toBeGreaterThanOrEqual(0)
          given += share
          for (const { sku, quantity } of pieces) {
            const known = order.lines.find((each) => each.sku === sku)
            if (known) known.returnedQuantity += quantity
          }
          expect(given + paidForShipping(order)).toBeLessThanOrEqual(order.totalMinor)
        }
        expect(given + paidForShipping(order)).toBe(order.totalMinor)
      }),
      { numRuns: 300 },
    )
  })

  test('is the price less its share of the discount', () => {
    const mugs = { ...line, sku: 'MUG', unitPriceMinor: 1900, quantity: 2, totalMinor: 3800 }
    const order = { subtotalMinor: 3800, discountMinor: 380, shippingMinor: 490, pricesIncludeTax: true }
    const known = { ...order, totalMinor: 3910, lines: [{ ...mugs, discountMinor: 380 }] }
    expect(paidForGoods(known, [{ sku: 'MUG', quantity: 1 }])).toBe(1710)
    expect(paidForShipping(known)).toBe(490)
    const old = { ...known, lines: [{ ...mugs, discountMinor: 0, taxBasisPoints: null }] }
    expect(paidForGoods(old, [{ sku: 'MUG', quantity: 1 }])).toBe(1710)
    const freeShipping = { ...old, discountMinor: 490, totalMinor: 3800 }
    expect(paidForGoods(freeShipping, [{ sku: 'MUG', quantity: 2 }])).toBe(3800)
    expect(paidForShipping(freeShipping)).toBe(0)
  })
})

const received: Return = {
  id: 'r',
  number: 'R-1001',
  orderId: 'o',
  status: 'received',
  requestedBy: 'customer',
  reason: 'other',
  note: null,
  answer: null,
  goodsMinor: 0,
  shippingMinor: null,
  refundMinor: null,
  refundId: null,
  refundTo: 'original',
  refundProblem: null,
  exchangeId: null,
  exchangedMinor: 0,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  lines: [],
}

describe('the refund of a return', () => {
  const amounts = fc.record({
    goodsMinor: fc.integer({ min: 0, max: 100_000 }),
    shippingMinor: fc.integer({ min: 0, max: 5000 }),
    mostMinor: fc.integer({ min: 0, max: 105_000 }),
    amountMinor: fc.option(fc.integer({ min: 0, max: 120_000 }), { nil: undefined }),
    includesShipping: fc.boolean(),
  })
  test('is never more than may be given, and shipping is counted once', () => {
    fc.assert(
      fc.property(amounts, ({ amountMinor, includesShipping, ...given }) => {
        const proposal = {
          ...given,
          mostMinor: Math.min(given.mostMinor, given.goodsMinor + given.shippingMinor),
        }
        const asked = { amountMinor, includesShipping, refundId: 'x', refundTo: 'original' as const }
        if (amountMinor !== undefined && amountMinor > proposal.mostMinor) {
          expect(() => refund(received, proposal, asked)).toThrow('more than can be given back')
          return
        }
        const decided = refund(received, proposal, asked)
        expect(decided.refundMinor).toBeLessThanOrEqual(proposal.mostMinor)
        expect(decided.shippingMinor).toBeLessThanOrEqual(proposal.shippingMinor)
        expect(decided.status).toBe(decided.refundMinor === 0 ? 'completed' : 'refunding')
      }),
    )
  })

  test('knows what other returns and refunds of the order gave', () => {
    const mugs = {
      ...line,
      sku: 'MUG',
      unitPriceMinor: 1900,
      quantity: 2,
      totalMinor: 3800,
      discountMinor: 0,
    }
    const order = {
      subtotalMinor: 3800,
      discountMinor: 0,
      shippingMinor: 490,
      totalMinor: 4290,
      refundedMinor: 3000,
      pricesIncludeTax: true,
      lines: [mugs],
    } as unknown as Parameters<typeof propose>[0]
    const current = { ...received, goodsMinor: 1900 }
    expect(propose(order, current, [])).toEqual({ goodsMinor: 1900, shippingMinor: 490, mostMinor: 1290 })
    const other = { ...received, status: 'refunding', refundMinor: 700, shippingMinor: 490 } as const
    expect(propose(order, current, [other])).toEqual({ goodsMinor: 1900, shippingMinor: 0, mostMinor: 590 })
  })

  test('starts only from received', () => {
    const proposal = { goodsMinor: 100, shippingMinor: 0, mostMinor: 100 }
    for (const status of returnStatuses.filter((each) => !canMoveReturn(each, 'refunding', 'staff'))) {
      expect(() =>
        refund({ ...received, status }, proposal, {
          amountMinor: 1,
          includesShipping: false,
          refundId: 'x',
          refundTo: 'original' as const,
        }),
      ).toThrow('cannot become')
    }
  })
})
