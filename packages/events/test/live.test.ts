import { owners, type ShopEvent } from '@souk/events/catalog'
import { listenToSignal, sendSignal } from '@souk/events/signals'
import { tailEvents } from '@souk/events/tail'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, entry, log, stream, upTo, type World } from './harness.ts'

let world: World
const stops: (() => unknown)[] = []
beforeAll(async () => {
  world = await createWorld()
})
afterEach(async () => {
  await Promise.all(stops.splice(0).map(async (stop) => await stop()))
  await world.reset()
})
afterAll(async () => await world.stop())

const put = async (version: number) => await world.redis.xAdd(stream, '*', entry({ version }))

/** Cuts the connections of everybody else to this logical Redis, as a restart would. */
async function cut(): Promise<void> {
  const database = new URL(world.redisUrl).pathname.slice(1)
  const own = Number(await world.redis.clientId())
  for (const client of await world.redis.clientList()) {
    if (String(client.db) === database && client.id !== own) {
      await world.redis.clientKill({ filter: 'ID', id: client.id })
    }
  }
}

function tail() {
  const seen: ShopEvent[] = []
  let gaps = 0
  const { stop } = tailEvents({
    redisUrl: world.redisUrl,
    owners,
    log,
    onEvent: (event) => seen.push(event),
    onGap: () => {
      gaps += 1
    },
  })
  stops.push(stop)
  return { versions: () => seen.map(({ aggregateVersion }) => aggregateVersion), gaps: () => gaps }
}

describe('watching events', () => {
  it('shows each instance everything from now on, in order, and nothing from before', async () => {
    await put(1)
    const [a, b] = [tail(), tail()]
    await until('both watch', () => a.gaps() === 1 && b.gaps() === 1)
    for (const version of [2, 3, 4]) await put(version)
    await until('both have seen three', () => a.versions().length === 3 && b.versions().length === 3)
    expect(a.versions()).toEqual([2, 3, 4])
    expect(b.versions()).toEqual([2, 3, 4])
  })

  it('goes past what it cannot read', async () => {
    const watcher = tail()
    await until('it watches', () => watcher.gaps() === 1)
    await world.redis.xAdd(stream, '*', { e: 'nonsense' })
    await world.redis.xAdd(stream, '*', { other: 'field' })
    await put(1)
    await until('it has seen one', () => watcher.versions().length === 1)
  })

  it('says when something may have been missed, and goes on', async () => {
    const watcher = tail()
    await until('it watches', () => watcher.gaps() === 1)
    await world.redis.flushDb()
    await cut()
    await until('it says so', () => watcher.gaps() === 2)
    await put(1)
    await until('it has seen one', () => watcher.versions().length === 1)
  })

  it('holds on to no stop, also when Redis was never there', async () => {
    const nowhere = tailEvents({
      redisUrl: 'redis://127.0.0.1:1',
      owners,
      log,
      onEvent: () => {},
      onGap: () => {},
    })
    await nowhere.stop()
    const watcher = tailEvents({ redisUrl: world.redisUrl, owners, log, onEvent: () => {}, onGap: () => {} })
    await watcher.stop()
  })
})

describe('a signal', () => {
  it('reaches every listener at once, and what cannot be read reaches nobody', async () => {
    const heard: string[][] = []
    let connections = 0
    for (const _listener of upTo(2)) {
      const { stop } = listenToSignal({
        redisUrl: world.redisUrl,
        name: 'session.revoked',
        log,
        onSignal: ({ sessionIds }) => heard.push(sessionIds),
        onReconnect: () => {
          connections += 1
        },
      })
      stops.push(stop)
    }
    await until('both listen', async () => {
      const counts = await world.redis.pubSubNumSub('signal:session.revoked')
      return Number(Object.values(counts)[0]) >= 2
    })
    await world.redis.publish('signal:session.revoked', 'nonsense')
    await world.redis.publish('signal:session.revoked', '{"sessionIds":"all"}')
    await sendSignal(world.redis, 'session.revoked', { sessionIds: ['a', 'b'] })
    await until('both have heard', () => heard.length === 2)
    expect(heard).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
    const before = connections
    await cut()
    await until('both are told that they were away', () => connections >= before + 2)
    await until('both hear again', async () => {
      await sendSignal(world.redis, 'session.revoked', { sessionIds: ['c'] })
      return heard.filter(([id]) => id === 'c').length >= 2
    })
  })
})
