import { expect, test } from 'vitest'
import { readMissing } from './transfer-pieces.ts'

const lines = [
  { sku: 'MUG', missing: 3 },
  { sku: 'BOWL', missing: 1 },
]
const read = (mug: string, bowl: string) => readMissing(lines, (sku) => (sku === 'MUG' ? mug : bowl))

test.each([
  ['', '', [], []],
  ['2', ' ', [{ sku: 'MUG', quantity: 2 }], []],
  [
    '3',
    '1',
    [
      { sku: 'MUG', quantity: 3 },
      { sku: 'BOWL', quantity: 1 },
    ],
    [],
  ],
  ['4', '1', [{ sku: 'BOWL', quantity: 1 }], ['MUG']],
  ['-1', '0', [], ['MUG']],
  ['1.5', 'x', [], ['MUG', 'BOWL']],
])('%j and %j mean %j', (mug, bowl, meant, faults) => {
  expect(read(mug, bowl)).toEqual({ lines: meant, faults: new Set(faults) })
})
