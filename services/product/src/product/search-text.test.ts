import fc from 'fast-check'
import { expect, it } from 'vitest'
import { searchWords } from './search-text.ts'

it.each([
  ['Stoneware  mug', ['stoneware', 'mug']],
  ["crème:* & !drop | 'table'); --", ['crème', 'drop', 'table']],
  ['SK-TARMUG-TID', ['sk', 'tarmug', 'tid']],
  ['!!! ---', []],
])('the words of %j are %j', (q, words) => {
  expect(searchWords(q)).toEqual(words)
})

it('no word of any text holds an operator, a quote or a space', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (q) => {
      for (const word of searchWords(q)) expect(word).not.toMatch(/[\s'"\\:*&|!()<>-]/)
    }),
  )
})
