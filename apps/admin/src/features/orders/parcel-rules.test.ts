import { expect, test } from 'vitest'
import { hereOf } from './parcel-rules.ts'

test.each([
  [3, 0, 3],
  [3, 2, 1],
  [3, 3, 0],
  // A part has left, so more is waited for than is left to ship only by mistake.
  [1, 2, 0],
])('of %d left to ship with %d not here yet, %d can be packed', (quantity, shipsLater, here) => {
  expect(hereOf({ quantity, shipsLater })).toBe(here)
})
