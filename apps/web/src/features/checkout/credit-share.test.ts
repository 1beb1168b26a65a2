import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareOf } from './credit-share.ts'

const sum = fc.integer({ min: 0, max: 1_000_000 })

test('the parts are the total, and nothing pays more than it has', () => {
  fc.assert(
    fc.property(sum, sum, sum, (total, card, store) => {
      const share = shareOf(total, card, store)
      return (
        share.giftCard + share.storeCredit + share.rest === total &&
        share.credit === share.giftCard + share.storeCredit &&
        share.giftCard <= card &&
        share.storeCredit <= store &&
        share.rest >= 0
      )
    }),
  )
})

test('the gift card is used up before the store credit', () => {
  expect(shareOf(5000, 3000, 9000)).toEqual({ giftCard: 3000, storeCredit: 2000, credit: 5000, rest: 0 })
})
