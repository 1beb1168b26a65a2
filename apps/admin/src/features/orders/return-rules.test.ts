import { describe, expect, it } from 'vitest'
import { readReturn } from './return-rules.ts'

const items = [
  { sku: 'SK-MUG', name: 'Tarn Mug', quantity: 3 },
  { sku: 'SK-BOWL', name: 'Nest Bowl', quantity: 1 },
]
const read = (mug: string, bowl: string) => readReturn(items, (sku) => (sku === 'SK-MUG' ? mug : bowl))

describe('readReturn', () => {
  it('takes the lines that came back and leaves out the others', () => {
    expect(read('2', '0')).toEqual({ status: 'ok', lines: [{ sku: 'SK-MUG', quantity: 2 }] })
    expect(read('3', ' 1 ')).toMatchObject({ lines: [{ quantity: 3 }, { quantity: 1 }] })
    expect(read('', '1')).toMatchObject({ lines: [{ sku: 'SK-BOWL' }] })
  })
  it.each([
    ['4', '0', 'Of Tarn Mug, a whole number from 0 to 3.'],
    ['1.5', '0', 'Of Tarn Mug, a whole number from 0 to 3.'],
    ['1', '-1', 'Of Nest Bowl, a whole number from 0 to 1.'],
    ['0', '0', 'Say how many pieces came back.'],
  ])('refuses %j and %j', (mug, bowl, message) => {
    expect(read(mug, bowl)).toEqual({ status: 'refused', message })
  })
})
