import type { NamedLevel } from '@souk/api/stock-products'
import { expect, it } from 'vitest'
import { withLine } from './goods-lines.tsx'

const level = (sku: string): NamedLevel => ({
  sku,
  onHand: 0,
  reserved: 0,
  available: 0,
  backordered: 0,
  backorderLimit: 0,
  backorderable: 0,
  expectedOn: null,
  lowThreshold: null,
  isLow: false,
  locations: [],
  updatedAt: '2026-11-20T12:00:00.000Z',
  product: null,
})

it('makes one line of a SKU that is scanned twice, and shows it last', () => {
  const once = withLine(withLine([], level('A'), 2), level('B'), 1)
  const again = withLine(once, level('A'), 3)
  expect(again.map((line) => [line.level.sku, line.quantity])).toEqual([
    ['B', 1],
    ['A', 5],
  ])
})
