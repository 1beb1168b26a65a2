import { createSoukClient, type SoukClient } from '@souk/api/client'
import type { AuditEntry } from '@souk/identity/contract'
import { newId } from '@souk/kernel/id'
import { decodeCursor, encodeCursor } from '@souk/kernel/page'
import type { PriceChange } from '@souk/order/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from './harness.ts'
import { auditEntry, priceChange } from './samples.ts'

let gateway: TestGateway
let owner: SoukClient
beforeAll(async () => {
  gateway = await startTestGateway()
  const token = await gateway.tokenFor({ roles: ['owner'] })
  owner = createSoukClient({ url: gateway.url, token: async () => token })
})
afterAll(async () => await gateway?.stop())

const maya = { id: newId(), name: 'Maya', email: 'maya@example.com' }
/** Made one after the other, in turn in either log. */
const entries = Array.from({ length: 7 }, (_, index) =>
  index % 2 === 0
    ? { log: 'identity' as const, line: { ...auditEntry(), id: newId(), subject: maya.id } }
    : { log: 'order' as const, line: { ...priceChange(), id: newId(), actor: maya.id } },
)

/** A log as its service pages it. */
function paged<Line extends AuditEntry | PriceChange>(lines: readonly Line[]) {
  return ({ cursor, limit = 24 }: { cursor?: string | undefined; limit?: number | undefined }) => {
    const newestFirst = lines
      .toReversed()
      .filter(({ id }) => cursor === undefined || id < String(decodeCursor(cursor)?.[0]))
    const items = newestFirst.slice(0, limit)
    const last = items.at(-1)
    return { items, nextCursor: newestFirst.length > limit && last ? encodeCursor([last.id]) : null }
  }
}

beforeEach(() => {
  gateway.neighbours.identity.answer({
    'audit.list': paged(entries.flatMap(({ log, line }) => (log === 'identity' ? [line] : []))),
    'user.named': () => ({ items: [maya] }),
  })
  gateway.neighbours.order.answer({
    'pricing.changes': paged(entries.flatMap(({ log, line }) => (log === 'order' ? [line] : []))),
  })
})

describe('what happened in the shop, as its owner sees it', () => {
  it('comes from both logs, newest first, and page by page leaves nothing out', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    for (let page = 0; page < 4; page += 1) {
      const { items, nextCursor } = await owner.admin.activity.list.query({
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      })
      seen.push(...items.map(({ id }) => id))
      if (nextCursor === null) break
      cursor = nextCursor
    }
    expect(seen).toEqual(entries.toReversed().map(({ line }) => line.id))
  })

  it('names the people that the logs know by their ids', async () => {
    const { items } = await owner.admin.activity.list.query({ limit: 2 })
    expect(items).toMatchObject([
      { area: 'sign_ins', actor: null, person: maya, outcome: 'refused' },
      { area: 'promotions', actor: maya, person: null, subject: 'TEN', outcome: 'ok' },
    ])
  })

  it('can be had of one area, of one person, and of refusals alone', async () => {
    const lastAsked = (log: 'identity' | 'order') =>
      log === 'identity'
        ? gateway.neighbours.identity.callsTo('audit.list').at(-1)?.input
        : gateway.neighbours.order.callsTo('pricing.changes').at(-1)?.input
    const count = () => [
      gateway.neighbours.identity.callsTo('audit.list').length,
      gateway.neighbours.order.callsTo('pricing.changes').length,
    ]
    const [accounts = 0, prices = 0] = count()
    const taxes = await owner.admin.activity.list.query({ area: 'taxes', personId: maya.id })
    expect(lastAsked('order')).toMatchObject({ about: 'tax', actor: maya.id })
    expect(taxes.items.every(({ area }) => area !== 'sign_ins')).toBe(true)
    await owner.admin.activity.list.query({ area: 'accounts' })
    expect(lastAsked('identity')).toMatchObject({ actions: expect.arrayContaining(['roles_changed']) })
    await owner.admin.activity.list.query({ outcome: 'refused' })
    expect(lastAsked('identity')).toMatchObject({ outcome: 'refused' })
    expect(count()).toEqual([accounts + 2, prices + 1])
  })

  it('says no to a cursor of another list', async () => {
    await expect(owner.admin.activity.list.query({ cursor: 'nonsense' })).rejects.toThrow('cursor')
  })
})
