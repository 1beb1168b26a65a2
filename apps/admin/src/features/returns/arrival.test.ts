import { describe, expect, it } from 'vitest'
import { readArrival } from './arrival.ts'

const mugs = [{ sku: 'MUG', name: 'Mug', quantity: 3 }]
const read = (restock: string, writeOff: string) =>
  readArrival(mugs, (field) => (field === 'restock MUG' ? restock : writeOff))

describe('readArrival', () => {
  it('splits the pieces by where they go', () => {
    expect(read('2', '1')).toEqual({
      status: 'ok',
      lines: [
        { sku: 'MUG', quantity: 2, disposition: 'restock' },
        { sku: 'MUG', quantity: 1, disposition: 'write_off' },
      ],
    })
    expect(read('', '3')).toMatchObject({ lines: [{ quantity: 3, disposition: 'write_off' }] })
  })
  it.each([
    ['2', '2'],
    ['4', '0'],
    ['-1', '0'],
    ['1.5', '0'],
    ['0', '0'],
    ['', ''],
  ])('refuses %s and %s', (restock, writeOff) => {
    expect(read(restock, writeOff).status).toBe('refused')
  })
})
