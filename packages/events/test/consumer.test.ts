import type { Subscriptions } from '@souk/events/inbox'
import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { byAggregate, createWorld, entry, forkBus, noting, stream, upTo, type World } from './harness.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterEach(async () => await world.reset())
afterAll(async () => await world.stop())

const put = async (fields: { e: string }) => String(await world.redis.xAdd(stream, '*', fields))
const group = 'product'

/** Handles like `noting`, but fails as long as `fails` says so. */
function failing(fails: (sku: string, version: number) => boolean): Subscriptions {
  const handle = noting()['stock.level_changed']
  return {
    'stock.level_changed': async (event, tx) => {
      await handle(event, tx)
      if (fails(event.aggregateId, event.aggregateVersion)) throw new Error('no, thank you')
    },
  }
}

describe('a second delivery', () => {
  it('of the same event changes nothing, whether at once or later', async () => {
    await world.startListener()
    const first = entry()
    for (let index = 0; index < 5; index += 1) await put(first)
    await put(entry({ sku: 'B' }))
    await world.applied(2)
    await put(first)
    await put(entry({ sku: 'C' }))
    await world.applied(3)
    await world.quiet()
  })
})

describe('an event that cannot be handled', () => {
  const envelope = JSON.parse(entry().e) as Record<string, unknown>
  it.each([
    ['that is not JSON', '{"id":', 'no readable envelope'],
    ['that is empty', '', 'no readable envelope'],
    ['that is not an event', '[1,2,3]', 'no readable envelope'],
    ['whose id is not one', JSON.stringify({ ...envelope, id: 'x' }), 'no readable envelope'],
    ['of a version nobody knows', JSON.stringify({ ...envelope, version: 99 }), 'Version 99'],
    ['whose data are wrong', JSON.stringify({ ...envelope, data: { sku: 7 } }), 'does not fit its schema'],
    ['without data', JSON.stringify({ ...envelope, data: undefined }), 'no readable envelope'],
    ['whose data are null', JSON.stringify({ ...envelope, data: null }), 'does not fit its schema'],
    ['of a megabyte', JSON.stringify({ ...envelope, padding: 'x'.repeat(1_000_000) }), 'too large'],
    [
      'with text that no database takes',
      JSON.stringify({ ...envelope, version: 99, '\u0000': '\ud800' }),
      'Version',
    ],
    ['with such text and no envelope', '"\\u0000\\ud800', 'no readable envelope'],
  ])('%s becomes a dead letter with its reason, and the others pass', async (_name, text, reason) => {
    await world.startListener()
    await put({ e: text })
    await put(entry({ sku: 'B' }))
    await world.applied(1)
    await world.quiet()
    const letters = await world.deadLetters()
    expect(letters).toHaveLength(1)
    expect(letters[0]?.reason).toContain(reason)
  })

  it('without the field that holds it becomes a dead letter too', async () => {
    await world.startListener()
    await world.redis.xAdd(stream, '*', { other: 'field' })
    await put(entry())
    await world.applied(1)
    await world.quiet()
    expect(await world.deadLetters()).toHaveLength(1)
  })

  it('is nobody’s concern when nobody here listens to its name', async () => {
    await world.startListener()
    await put({ e: JSON.stringify({ ...envelope, name: 'stock.low', version: 99 }) })
    await put({ e: JSON.stringify({ ...envelope, name: 'stock.something_new', version: 2, data: {} }) })
    await put({ e: JSON.stringify({ ...envelope, name: '__proto__' }) })
    await put(entry({ sku: 'B' }))
    await world.applied(1)
    await world.quiet()
    expect(await world.deadLetters()).toEqual([])
  })

  it('with fields of a later version that we do not know is handled without them', async () => {
    await world.startListener()
    const data = { sku: 'A', onHand: 1, reserved: 0, available: 1, colour: 'oat' }
    await put({ e: JSON.stringify({ ...envelope, data, signedBy: 'somebody' }) })
    await world.applied(1)
  })

  it('by its handler is tried eight times, then parked; what it did is undone, and others pass', async () => {
    let calls = 0
    await world.startListener({
      subscriptions: failing((sku) => {
        if (sku === 'bad') calls += 1
        return sku === 'bad'
      }),
    })
    const id = newId()
    await put(entry({ sku: 'bad', id }))
    for (const version of upTo(20)) await put(entry({ sku: 'good', version }))
    await world.applied(20)
    const [letter] = await until('a dead letter', async () => {
      const found = await world.deadLetters()
      return found.length > 0 && found
    })
    expect(letter).toMatchObject({
      event_id: id,
      reason: 'no, thank you',
      attempts: 8,
      name: 'stock.level_changed',
    })
    // Once more than eight: the first time in the batch that it spoilt for all.
    expect(calls).toBe(9)
    await world.quiet()
    expect(byAggregate(await world.effects())).toEqual(new Map([['good', upTo(20)]]))
  })

  it('holds back the later ones of its aggregate, and only those, until it is through', async () => {
    let isBroken = true
    await world.startListener({
      subscriptions: failing((sku, version) => sku === 'A' && version === 2 && isBroken),
      timing: { retryMs: 30 },
    })
    for (const version of upTo(5)) {
      await put(entry({ sku: 'A', version }))
      await put(entry({ sku: 'B', version }))
    }
    await world.applied(6)
    expect(byAggregate(await world.effects())).toEqual(
      new Map([
        ['A', [1]],
        ['B', upTo(5)],
      ]),
    )
    isBroken = false
    await world.applied(10)
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(5))
    await world.quiet()
    expect(await world.deadLetters()).toEqual([])
  })

  it('lets the later ones of its aggregate go on, in order, once it is a dead letter', async () => {
    await world.startListener({ subscriptions: failing((sku, version) => sku === 'A' && version === 2) })
    for (const version of upTo(6)) await put(entry({ sku: 'A', version }))
    await world.applied(5)
    expect(byAggregate(await world.effects()).get('A')).toEqual([1, 3, 4, 5, 6])
    await world.quiet()
  })

  it('because a lock is held or the server is in trouble is not given up', async () => {
    let tries = 0
    const subscriptions = noting()
    const note = subscriptions['stock.level_changed']
    await world.startListener({
      subscriptions: {
        'stock.level_changed': async (event, tx) => {
          tries += 1
          if (tries <= 9) throw Object.assign(new Error('canceling statement'), { code: '57014' })
          await note?.(event, tx)
        },
      },
    })
    await put(entry())
    await world.applied(1)
    expect(await world.deadLetters()).toEqual([])
  })

  it('does not stop the others when its handler never ends', async () => {
    await world.startListener({
      subscriptions: {
        'stock.level_changed': async (event, tx) => {
          // The server ends a statement after three seconds.
          if (event.aggregateId === 'slow') await tx.query('select pg_sleep(20)')
          await noting()['stock.level_changed']?.(event, tx)
        },
      },
    })
    await put(entry({ sku: 'slow' }))
    await put(entry({ sku: 'B' }))
    await world.applied(1, 20_000)
    expect((await world.effects()).map(({ aggregate_id: id }) => id)).toEqual(['B'])
  })
})

describe('a dead letter', () => {
  const fail = { isOn: true }
  const park = async () => {
    const bus = await world.startListener({ subscriptions: failing(() => fail.isOn) })
    await put(entry())
    const [letter] = await until('a dead letter', async () => {
      const found = await world.deadLetters()
      return found.length > 0 && found
    })
    return { bus, id: letter?.id ?? '' }
  }

  it('is handled once when it is replayed, however often', async () => {
    fail.isOn = true
    const { bus, id } = await park()
    fail.isOn = false
    const replayed = await Promise.all([bus.replay(id), bus.replay(id), bus.replay(id)])
    for (const letter of replayed) expect(letter.replayedAt).not.toBeNull()
    await bus.replay(id)
    expect(await world.effects()).toHaveLength(1)
    expect(await bus.overview()).toMatchObject({ deadLetters: 0 })
  })

  it('stays one when it fails again, and says why', async () => {
    fail.isOn = true
    const { bus, id } = await park()
    await expect(bus.replay(id)).rejects.toThrow('no, thank you')
    expect(await world.effects()).toEqual([])
    expect(await bus.overview()).toMatchObject({ deadLetters: 1 })
    expect((await bus.deadLetters())[0]?.replayedAt).toBeNull()
  })

  it('that cannot be read cannot be replayed, and one that is not there is not found', async () => {
    const bus = await world.startListener()
    await put({ e: 'nonsense' })
    const [letter] = await until('a dead letter', async () => {
      const found = await world.deadLetters()
      return found.length > 0 && found
    })
    await expect(bus.replay(letter?.id ?? '')).rejects.toMatchObject({ code: 'INVALID_STATE' })
    await expect(bus.replay(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a consumer that dies', () => {
  it('F4 after the change and before the acknowledgement leaves nothing undone and nothing doubled', async () => {
    const first = await forkBus(world, { role: 'listener', instance: 'a', faultPoint: 'consumer.before_ack' })
    for (const version of upTo(5)) await put(entry({ version }))
    await first.died
    await world.startListener({ instance: 'b', subscriptions: noting('b') })
    for (const version of upTo(5)) await put(entry({ sku: 'B', version }))
    await world.applied(10)
    await world.quiet()
    expect(byAggregate(await world.effects())).toEqual(
      new Map([
        ['A', upTo(5)],
        ['B', upTo(5)],
      ]),
    )
  })

  it('F5 for ever has its unfinished events taken over in order, before anything new', async () => {
    // Given to somebody who never comes back.
    for (const version of upTo(150)) await put(entry({ version }))
    await world.redis.xGroupCreate(stream, group, '0')
    await world.redis.xReadGroup(group, 'product-gone', { key: stream, id: '>' }, { COUNT: 120 })
    await world.startListener({ instance: 'b', subscriptions: noting('b') })
    await world.applied(150)
    await world.quiet()
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(150))
    const consumers = await world.redis.xInfoConsumers(stream, group)
    expect(consumers.every((consumer) => Number(consumer.pending) === 0)).toBe(true)
  })

  it('while another stands by is replaced at once', async () => {
    const first = await forkBus(world, { role: 'listener', instance: 'a' })
    await put(entry())
    await world.applied(1)
    await world.startListener({ instance: 'b', subscriptions: noting('b') })
    first.kill('SIGKILL')
    for (const version of upTo(20)) await put(entry({ sku: 'B', version }))
    await world.applied(21)
    await world.quiet()
    expect(byAggregate(await world.effects()).get('B')).toEqual(upTo(20))
  })

  it('F6 or only froze, and thaws later, does nothing a second time', async () => {
    const frozen = await forkBus(world, { role: 'listener', instance: 'a', leaderSilenceMs: 1000 })
    await put(entry())
    await world.applied(1)
    await world.startListener({
      instance: 'b',
      subscriptions: noting('b'),
      timing: { leaderSilenceMs: 1000, claimEveryMs: 200, claimIdleMs: 500 },
    })
    frozen.kill('SIGSTOP')
    try {
      for (const version of upTo(20)) await put(entry({ sku: 'B', version }))
      await world.applied(21, 20_000)
    } finally {
      frozen.kill('SIGCONT')
    }
    for (const version of upTo(5)) await put(entry({ sku: 'C', version }))
    await world.applied(26)
    await world.quiet()
    expect(byAggregate(await world.effects()).get('B')).toEqual(upTo(20))
    frozen.kill('SIGKILL')
    await frozen.died
  })

  it('each time it meets one event meets it no more, after that has happened often enough', async () => {
    const bad = await put(entry({ sku: 'bad' }))
    await put(entry({ sku: 'good' }))
    await world.redis.xGroupCreate(stream, group, '0')
    await world.redis.xReadGroup(group, 'product-0', { key: stream, id: '>' })
    await world.redis.xClaim(stream, group, 'product-0', 0, [bad], { RETRYCOUNT: 50 })
    await world.startListener()
    await world.applied(1)
    await world.quiet()
    expect((await world.effects()).map(({ aggregate_id: id }) => id)).toEqual(['good'])
    const [letter] = await world.deadLetters()
    expect(letter?.reason).toContain('never finished')
  })
})

describe('stopping', () => {
  it('takes no time, also while it waits for events', async () => {
    const bus = await world.startListener()
    await put(entry())
    await world.applied(1)
    const startedAt = performance.now()
    await bus.stop()
    // A blocked read lasts a whole second.
    expect(performance.now() - startedAt).toBeLessThan(700)
  })

  it('in the middle of a flood leaves the rest for the next one', async () => {
    const first = await world.startListener()
    for (const version of upTo(400)) await put(entry({ version }))
    await until('it has begun', async () => (await world.effects()).length > 0)
    await first.stop()
    await world.startListener({ instance: '1' })
    await world.applied(400)
    await world.quiet()
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(400))
  })
})
