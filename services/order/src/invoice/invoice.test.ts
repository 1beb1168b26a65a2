import { allocate, taxIncluded } from '@souk/kernel/money'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Billed, creditableMinor, creditOf, type DocumentHead, taxesOf } from './invoice.ts'

const head = (number: string): DocumentHead => ({
  id: number,
  number,
  issuedAt: '2026-11-21T10:00:00.000Z',
  seller: { name: 'Souk', lines: [], email: null, taxId: null },
})

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 99 }),
  unitPriceMinor: fc.integer({ min: 0, max: 100_000 }),
  taxBasisPoints: fc.constantFrom(2000, 1000, 0, null),
})
const billed = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 8 }),
    discount: fc.integer({ min: 0, max: 100 }),
    shippingMinor: fc.integer({ min: 0, max: 2000 }),
  })
  .map(({ lines, discount, shippingMinor }): Billed => {
    const totals = lines.map(({ quantity, unitPriceMinor }) => quantity * unitPriceMinor)
    const subtotalMinor = totals.reduce((a, b) => a + b, 0)
    const discountMinor = Math.floor((subtotalMinor * discount) / 100)
    const shares = allocate(discountMinor, totals)
    const goods = lines.map(({ quantity, unitPriceMinor, taxBasisPoints }, index) => {
      const totalMinor = totals[index] ?? 0
      const share = shares[index] ?? 0
      return {
        sku: String(index),
        name: 'Mug',
        optionsLabel: '',
        quantity,
        unitPriceMinor,
        totalMinor,
        discountMinor: share,
        taxBasisPoints,
        taxMinor: taxIncluded(totalMinor - share, taxBasisPoints ?? 2000),
      }
    })
    const goodsTax = goods.reduce((sum, { taxMinor }) => sum + taxMinor, 0)
    return {
      lines: goods,
      subtotalMinor,
      discountMinor,
      shippingMinor,
      taxMinor: goodsTax + taxIncluded(shippingMinor, 2000),
      totalMinor: subtotalMinor - discountMinor + shippingMinor,
      shippingTaxBasisPoints: 2000,
    }
  })

describe('the tax lines of a document', () => {
  test('add up to the total and to the tax of the order', () => {
    fc.assert(
      fc.property(billed, (order) => {
        const taxes = taxesOf(order)
        const sum = (of: (tax: (typeof taxes)[number]) => number) =>
          taxes.reduce((total, tax) => total + of(tax), 0)
        expect(sum(({ grossMinor }) => grossMinor)).toBe(order.totalMinor)
        expect(sum(({ taxMinor }) => taxMinor)).toBe(order.taxMinor)
        for (const tax of taxes) expect(tax.netMinor + tax.taxMinor).toBe(tax.grossMinor)
      }),
    )
  })

  test('however an invoice is taken back, its credit notes never go beyond it and end at its own tax', () => {
    fc.assert(
      fc.property(billed, fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 5 }), (order, parts) => {
        fc.pre(order.totalMinor > 0)
        const invoice = {
          ...head('INV-1'),
          kind: 'invoice' as const,
          orderNumber: 'SK-1',
          orderedAt: '2026-11-21T10:00:00.000Z',
          invoiceNumber: null,
          buyer: { name: '', lines: [], email: null },
          currency: 'EUR' as const,
          lines: [],
          subtotalMinor: order.subtotalMinor,
          discountMinor: order.discountMinor,
          shippingMinor: order.shippingMinor,
          totalMinor: order.totalMinor,
          taxMinor: order.taxMinor,
          taxes: taxesOf(order),
        }
        const credits: (typeof invoice | ReturnType<typeof creditOf>)[] = []
        for (const part of [...parts, 100]) {
          const left = creditableMinor(invoice, credits)
          const amount = part === 100 ? left : Math.floor((left * part) / 100)
          if (amount === 0) continue
          const credit = creditOf(invoice, credits, amount, head('CN'))
          expect(credit.totalMinor).toBe(amount)
          expect(credit.taxes.reduce((sum, { grossMinor }) => sum + grossMinor, 0)).toBe(amount)
          for (const tax of credit.taxes) {
            expect(Math.min(tax.grossMinor, tax.taxMinor, tax.netMinor)).toBeGreaterThanOrEqual(0)
          }
          credits.push(credit)
        }
        expect(creditableMinor(invoice, credits)).toBe(0)
        expect(credits.reduce((sum, { taxMinor }) => sum + taxMinor, 0)).toBe(invoice.taxMinor)
      }),
    )
  })
})
