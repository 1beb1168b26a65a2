import { streamOf } from '@souk/events/catalog'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  byAggregate,
  change,
  createWorld,
  entry,
  forkBus,
  noting,
  stream,
  upTo,
  type World,
} from './harness.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterEach(async () => await world.reset())
afterAll(async () => await world.stop())

/** A publisher that looks often; gaps may last as long as on a real shop. */
const patient = { timing: { pollMs: 20, gapMs: 30_000 } }

async function changes(count: number, skus: readonly string[] = ['A']): Promise<void> {
  for (let index = 0; index < count; index += 1) for (const sku of skus) await change(world.publisher, sku)
}
const inStream = async (count: number) =>
  await until(`${count} are in the stream`, async () => (await world.redis.xLen(stream)) >= count)

describe('F13 a stream trimmed under pending entries', () => {
  it('loses nothing of what was given out and not acknowledged', async () => {
    await world.startPublisher(patient)
    await changes(10)
    await inStream(10)
    await world.redis.xGroupCreate(stream, 'product', '0')
    await world.redis.xReadGroup('product', 'gone-for-ever', { key: stream, id: '>' }, { COUNT: 6 })
    await world.redis.xTrim(stream, 'MAXLEN', 1)
    await world.startListener(patient)
    await world.applied(10)
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(10))
    await world.quiet()
  })

  it('loses nothing of what was never given out, not even the last of an aggregate', async () => {
    await world.startPublisher(patient)
    const first = await world.startListener(patient)
    await changes(1, ['A'])
    await world.applied(1)
    await first.stop()
    await changes(1, ['B', 'C'])
    await inStream(3)
    await world.redis.xTrim(stream, 'MAXLEN', 0)
    await world.startListener(patient)
    await world.applied(3)
    await world.quiet()
  })

  it('is repaired while the reader runs', async () => {
    const publisher = await world.startPublisher(patient)
    const listener = await forkBus(world, { role: 'listener', instance: 'a' })
    await changes(3)
    publisher.wake()
    await world.applied(3)
    listener.kill('SIGSTOP')
    await changes(20)
    publisher.wake()
    await inStream(23)
    await world.redis.xTrim(stream, 'MAXLEN', 1)
    listener.kill('SIGCONT')
    await world.applied(23)
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(23))
    listener.kill('SIGKILL')
    await listener.died
  })

  it('or deleted and begun anew, comes back whole', async () => {
    await world.startPublisher(patient)
    await changes(10)
    await inStream(10)
    await world.redis.del(stream)
    await changes(5)
    await inStream(15)
    await world.startListener(patient)
    await world.applied(15)
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(15))
  })
})

describe('F35 reordered events', () => {
  /** Puts what is in the stream back in another order. */
  async function reorder(sort: (index: number) => number): Promise<void> {
    const entries = (await world.redis.xRange(stream, '-', '+')) ?? []
    const again = entries
      .map(({ message }, index) => ({ message, at: sort(index) }))
      .sort((a, b) => a.at - b.at)
    const all = world.redis.multi()
    for (const { id } of entries) all.xDel(stream, id)
    for (const { message } of again) all.xAdd(stream, '*', message)
    await all.exec()
  }

  it.each([
    ['backwards', (index: number) => -index],
    ['by chance', () => Math.random()],
  ])('of one aggregate are handled in their order: %s', async (_name, sort) => {
    const publisher = await world.startPublisher(patient)
    await changes(12, ['A', 'B'])
    publisher.wake()
    await inStream(24)
    await reorder(sort)
    await world.startListener(patient)
    await world.applied(24)
    const effects = byAggregate(await world.effects())
    expect(effects.get('A')).toEqual(upTo(12))
    expect(effects.get('B')).toEqual(upTo(12))
    await world.quiet()
  })

  it('wait for one that is missing, which the publisher sends again', async () => {
    await world.startPublisher(patient)
    await changes(5)
    await inStream(5)
    const entries = (await world.redis.xRange(stream, '-', '+')) ?? []
    await world.redis.xDel(stream, [String(entries[1]?.id), String(entries[2]?.id)])
    await world.startListener({ timing: { ...patient.timing, compareEveryMs: 60_000 } })
    await world.applied(5)
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(5))
  })

  it('do not wait for a version that nobody ever recorded', async () => {
    await world.startPublisher(patient)
    await world.redis.xAdd(stream, '*', entry({ sku: 'Z', version: 4 }))
    await world.startListener(patient)
    await world.applied(1)
    await world.quiet()
  })

  it('go on at once when nobody ever published there', async () => {
    await world.startListener(patient)
    await world.redis.xAdd(stream, '*', entry({ sku: 'Z', version: 4 }))
    await world.applied(1)
  })

  it('go on after a while when the publisher is away for good', async () => {
    const publisher = await world.startPublisher(patient)
    await changes(1)
    await inStream(1)
    await publisher.stop()
    await world.redis.xTrim(stream, 'MAXLEN', 0)
    await world.startListener({ timing: { gapMs: 200 } })
    await world.redis.xAdd(stream, '*', entry({ sku: 'Z', version: 4 }))
    await world.redis.xAdd(stream, '*', entry({ sku: 'Z', version: 5 }))
    await world.applied(2)
    expect(byAggregate(await world.effects()).get('Z')).toEqual([4, 5])
  })

  it('keep their order when the reader is killed while it waits', async () => {
    await world.redis.set(`${stream}:publisher`, '1')
    await world.redis.xAdd(stream, '*', entry({ sku: 'A', version: 3 }))
    await world.redis.xAdd(stream, '*', entry({ sku: 'A', version: 2 }))
    const first = await forkBus(world, { role: 'listener', instance: 'a' })
    await until('both are given out', async () => {
      const [group] = await world.redis.xInfoGroups(streamOf('inventory'))
      return Number(group?.pending) === 2
    })
    first.kill('SIGKILL')
    await first.died
    await world.startListener(patient)
    await world.redis.xAdd(stream, '*', entry({ sku: 'A', version: 1 }))
    await world.applied(3)
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(3))
  })

  it('in twenty copies are handled once each', async () => {
    await world.startPublisher(patient)
    await changes(5)
    await inStream(5)
    const entries = (await world.redis.xRange(stream, '-', '+')) ?? []
    for (let copy = 0; copy < 20; copy += 1)
      for (const { message } of [...entries].sort(() => Math.random() - 0.5))
        await world.redis.xAdd(stream, '*', message)
    await world.startListener(patient)
    await world.applied(5)
    await world.quiet()
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(5))
  })
})

describe('F34 a poison event', () => {
  it.each([
    ['that is no JSON', { e: 'nonsense' }],
    ['of an unknown version', { e: entry({ sku: 'P' }).e.replace('"version":1', '"version":99') }],
    ['with data that does not fit', { e: entry({ sku: 'P' }).e.replace('"onHand":1', '"onHand":"many"') }],
    ['of a megabyte', { e: entry({ sku: 'P' }).e.replace('"sku":"P"', `"sku":"${'P'.repeat(1_000_000)}"`) }],
    ['without an event in it', { other: 'field' }],
  ])('%s is parked with its reason and stops nobody', async (_name, poison) => {
    const publisher = await world.startPublisher(patient)
    await world.startListener(patient)
    await world.redis.xAdd(stream, '*', poison)
    await changes(3, ['A', 'B'])
    publisher.wake()
    await world.applied(6)
    const letters = await until('it is parked', async () => {
      const found = await world.deadLetters()
      return found.length === 1 && found
    })
    expect(letters[0]?.reason).not.toBe('')
    await world.quiet()
  })

  it('whose handler always fails is parked after eight tries; what follows it goes on in order', async () => {
    const publisher = await world.startPublisher(patient)
    const subscriptions = noting()
    const note = subscriptions['stock.level_changed']
    await world.startListener({
      ...patient,
      subscriptions: {
        'stock.level_changed': async (event, tx) => {
          if (event.aggregateId === 'A' && event.aggregateVersion === 2) throw new Error('I never work')
          await note?.(event, tx)
        },
      },
    })
    await changes(4, ['A', 'B'])
    publisher.wake()
    await world.applied(7)
    expect(await world.deadLetters()).toMatchObject([{ reason: 'I never work', attempts: 8 }])
    const effects = byAggregate(await world.effects())
    expect(effects.get('A')).toEqual([1, 3, 4])
    expect(effects.get('B')).toEqual(upTo(4))
  })
})
