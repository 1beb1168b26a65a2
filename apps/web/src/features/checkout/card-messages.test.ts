import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCardMessage } from './card-messages.ts'

const origin = 'https://pay.test'
const read = (data: unknown, from = origin) => readCardMessage({ origin: from, data }, origin)

describe('messages of the card fields', () => {
  it('are taken from the provider alone', () => {
    const message = { type: 'souk.fields.token', id: '1', token: 'tok_visa' }
    expect(read(message)).toEqual(message)
    for (const other of ['https://evil.test', 'http://pay.test', 'https://pay.test.evil.test', 'null', '']) {
      expect(read(message, other)).toBeUndefined()
    }
  })

  it.each([
    [
      { type: 'souk.fields.ready', height: 210.4 },
      { type: 'souk.fields.ready', height: 211 },
    ],
    [
      { type: 'souk.fields.resize', height: 99_999 },
      { type: 'souk.fields.resize', height: 900 },
    ],
    [{ type: 'souk.fields.submit' }, { type: 'souk.fields.submit' }],
    [
      { type: 'souk.fields.invalid', id: '1', errors: [] },
      { type: 'souk.fields.invalid', id: '1' },
    ],
    [{ type: 'souk.fields.resize', height: '210' }, undefined],
    [{ type: 'souk.fields.resize', height: Number.NaN }, undefined],
    [{ type: 'souk.fields.token', id: '1', token: '' }, undefined],
    [{ type: 'souk.fields.token', id: '1', token: 'x'.repeat(201) }, undefined],
    [{ type: 'other' }, undefined],
    ['souk.fields.submit', undefined],
    [null, undefined],
  ])('%j is read as %j', (data, expected) => {
    expect(read(data)).toEqual(expected)
  })

  it('never throw, whatever they are', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        read(data)
      }),
    )
  })
})
