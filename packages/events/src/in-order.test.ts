import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Delivery } from './delivery.ts'
import { createInOrder, type Gap } from './in-order.ts'

const stream = 'events:test'
let entries = 0
const delivery = (version: number, aggregateId = 'A'): Delivery => {
  entries += 1
  return { stream, entryId: `${entries}-0`, raw: {}, place: { aggregateId, version } }
}
const versions = (deliveries: readonly Delivery[]) => deliveries.map(({ place }) => place?.version)

function begin() {
  const lost: Gap[] = []
  return { lost, inOrder: createInOrder({ gapMs: 1000, askEveryMs: 100, onLost: (gap) => lost.push(gap) }) }
}

describe('the order of one aggregate’s events', () => {
  test('holds whatever order they come in, with every one given once', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 8 }), (order) => {
        const { inOrder } = begin()
        const given = order.flatMap((version) => inOrder.arrange([delivery(version)], 0))
        expect(versions(given)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
        expect(inOrder.heldCount()).toBe(0)
      }),
    )
  })

  test('lets a repeated or older one pass, for the inbox to know', () => {
    const { inOrder } = begin()
    expect(
      versions(
        inOrder.arrange(
          [1, 2, 3, 2, 1].map((version) => delivery(version)),
          0,
        ),
      ),
    ).toEqual([1, 2, 3, 2, 1])
  })

  test('of one does not hold up another', () => {
    const { inOrder } = begin()
    const given = inOrder.arrange([delivery(3, 'A'), delivery(1, 'B'), delivery(2, 'B')], 0)
    expect(given.map(({ place }) => place)).toEqual([
      { aggregateId: 'B', version: 1 },
      { aggregateId: 'B', version: 2 },
    ])
  })

  test('is asked for while something is missing, not at every look', () => {
    const { inOrder } = begin()
    inOrder.arrange([delivery(1), delivery(4), delivery(6)], 0)
    expect(inOrder.gapsToAsk(stream, 0)).toEqual([{ aggregateId: 'A', after: 1, before: 4 }])
    expect(inOrder.gapsToAsk(stream, 50)).toEqual([])
    expect(inOrder.gapsToAsk('events:other', 200)).toEqual([])
    expect(versions(inOrder.arrange([delivery(3), delivery(2)], 60))).toEqual([2, 3, 4])
    expect(inOrder.gapsToAsk(stream, 200)).toEqual([{ aggregateId: 'A', after: 4, before: 6 }])
  })

  test('is given up for what never comes, which is told', () => {
    const { inOrder, lost } = begin()
    inOrder.arrange([delivery(1), delivery(4), delivery(5)], 0)
    expect(inOrder.overdue(999)).toEqual([])
    expect(versions(inOrder.overdue(1000))).toEqual([4, 5])
    expect(lost).toEqual([{ aggregateId: 'A', after: 1, before: 4 }])
  })

  test('waits the whole time for each gap, not from the first one on', () => {
    const { inOrder } = begin()
    inOrder.arrange([delivery(1), delivery(3), delivery(5)], 0)
    expect(versions(inOrder.arrange([delivery(2)], 900))).toEqual([2, 3])
    expect(inOrder.overdue(1500)).toEqual([])
    expect(versions(inOrder.overdue(1900))).toEqual([5])
  })

  test('begins where it was before our time', () => {
    const { inOrder } = begin()
    inOrder.know(delivery(700))
    expect(versions(inOrder.arrange([delivery(701)], 0))).toEqual([701])
  })

  test('is doubted for an old aggregate that nobody remembers', () => {
    const { inOrder } = begin()
    expect(inOrder.arrange([delivery(700)], 0)).toEqual([])
    expect(inOrder.gapsToAsk(stream, 0)).toEqual([{ aggregateId: 'A', after: 694, before: 700 }])
  })

  test('does not hold an entry twice', () => {
    const { inOrder } = begin()
    const third = delivery(3)
    inOrder.arrange([third, third], 0)
    expect(inOrder.heldCount()).toBe(1)
  })
})
