import { insertOutboxSql, outboxColumns, record, shopEvent } from '@souk/events/record'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { byAggregate, change, createWorld, forkBus, stream, upTo, type World } from './harness.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterEach(async () => await world.reset())
afterAll(async () => await world.stop())

const unpublished = async () =>
  (await world.publisher.sql.query('select 1 from outbox where published_at is null')).length
const leaders = async () =>
  await world.publisher.sql.query<{ pid: number }>(
    `select pid from pg_locks where locktype = 'advisory' and granted
       and database = (select oid from pg_database where datname = current_database())`,
  )

describe('what was committed', () => {
  it('arrives at once when the relay is woken, and is marked with its place in the stream', async () => {
    const bus = await world.startPublisher()
    await world.startListener()
    await until('somebody leads', async () => (await leaders()).length === 1)
    for (let version = 1; version <= 5; version += 1) {
      await change(world.publisher, 'A')
      bus.wake()
      await world.applied(version)
    }
    const rows = await world.publisher.sql.query<{ stream_id: string }>(
      'select stream_id from outbox order by seq',
    )
    const entries = await world.redis.xRange(stream, '-', '+')
    expect(rows.map((row) => row.stream_id)).toEqual(entries?.map(({ id }) => String(id)))
  })

  it('arrives at once also when an instance that stands by committed it', async () => {
    await world.startPublisher({ instance: 'a' })
    await until('somebody leads', async () => (await leaders()).length === 1)
    const standby = await world.startPublisher({ instance: 'b' })
    await world.startListener()
    await until('the wake is heard', async () => {
      await change(world.publisher, 'A')
      standby.wake()
      await until('it is published', async () => (await unpublished()) === 0, 500)
      return true
    })
  })

  it('arrives without a wake too, at the next look', async () => {
    await world.startPublisher({ timing: { pollMs: 20 } })
    await world.startListener()
    await change(world.publisher, 'A')
    await world.applied(1)
  })

  it('arrives although it was recorded before anybody ran', async () => {
    const events = upTo(1200).map((number) => {
      const [sku, version] = [`S${number % 6}`, Math.ceil(number / 6)]
      return shopEvent('stock.level_changed', sku, version, { sku, onHand: 1, reserved: 0, available: 1 })
    })
    await world.publisher.transaction(async (tx) => await record(tx, events))
    await world.startPublisher()
    await world.startListener()
    await world.applied(1200)
    for (const versions of byAggregate(await world.effects()).values()) expect(versions).toEqual(upTo(200))
  })

  it('is nothing when the transaction was rolled back', async () => {
    const bus = await world.startPublisher()
    await world.startListener()
    const failing = world.publisher.transaction(async (tx) => {
      const event = shopEvent('stock.level_changed', 'A', 1, {
        sku: 'A',
        onHand: 1,
        reserved: 0,
        available: 1,
      })
      await tx.query(insertOutboxSql(1), outboxColumns([event]))
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    await change(world.publisher, 'B')
    bus.wake()
    await world.applied(1)
    expect((await world.effects()).map(({ aggregate_id: id }) => id)).toEqual(['B'])
  })

  it('is not passed over because a later one was committed before it', async () => {
    const bus = await world.startPublisher()
    await world.startListener()
    let finish = () => {}
    const slow = world.publisher.transaction(async (tx) => {
      const event = shopEvent('stock.level_changed', 'slow', 1, {
        sku: 'slow',
        onHand: 1,
        reserved: 0,
        available: 1,
      })
      await tx.query(insertOutboxSql(1), outboxColumns([event]))
      await new Promise<void>((resolve) => {
        finish = resolve
      })
    })
    await until('the slow one has its number', async () => {
      const open = await world.publisher.sql.query(
        `select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'
           and query like 'insert into outbox%'`,
      )
      return open.length === 1
    })
    await change(world.publisher, 'quick')
    bus.wake()
    await world.applied(1)
    finish()
    await slow
    bus.wake()
    await world.applied(2)
    expect((await world.effects()).map(({ aggregate_id: id }) => id)).toEqual(['quick', 'slow'])
  })

  it('keeps the order of each aggregate while many write at once', async () => {
    const bus = await world.startPublisher({ timing: { pollMs: 5 } })
    await world.startListener()
    await Promise.all(
      upTo(12).map(async (number) => {
        for (let index = 0; index < 25; index += 1) {
          await change(world.publisher, `S${number}`)
          bus.wake()
        }
      }),
    )
    await world.applied(300)
    await world.quiet()
    for (const versions of byAggregate(await world.effects()).values()) expect(versions).toEqual(upTo(25))
  })
})

describe('F2 F3 a relay that dies between the commit and the stream, or between the stream and its note of it:', () => {
  it.each(['relay.before_xadd', 'relay.after_xadd'])(
    'at %s loses nothing and doubles nothing',
    async (point) => {
      await world.startListener()
      const first = await forkBus(world, { role: 'publisher', instance: 'a', faultPoint: point })
      for (let index = 0; index < 30; index += 1) await change(world.publisher, `S${index % 3}`)
      await first.died
      expect(await unpublished()).toBeGreaterThan(0)
      await world.startPublisher({ instance: 'b' })
      await world.applied(30)
      await world.quiet()
      for (const versions of byAggregate(await world.effects()).values()) expect(versions).toEqual(upTo(10))
      expect(await unpublished()).toBe(0)
    },
  )
})

describe('two relays', () => {
  it('have one leader, and the other takes over when it stops', async () => {
    const first = await world.startPublisher({ instance: 'a' })
    await until('somebody leads', async () => (await leaders()).length === 1)
    const [before] = await leaders()
    await world.startPublisher({ instance: 'b', timing: { pollMs: 20 } })
    await world.startListener()
    expect(await leaders()).toEqual([before])
    await first.stop()
    await change(world.publisher, 'A')
    await world.applied(1)
    const [after] = await leaders()
    expect(after?.pid).not.toBe(before?.pid)
  })

  it('publish each event once between them, in order, however often the lead changes', async () => {
    await world.startListener()
    let current = await world.startPublisher({ instance: '0', timing: { pollMs: 10 } })
    const writing = Promise.all(
      upTo(4).map(async (number) => {
        for (let index = 0; index < 50; index += 1) await change(world.publisher, `S${number}`)
      }),
    )
    for (const instance of ['1', '2', '3']) {
      const next = await world.startPublisher({ instance, timing: { pollMs: 10 } })
      await current.stop()
      current = next
    }
    await writing
    await world.applied(200)
    await world.quiet()
    expect((await world.redis.xLen(stream)) - 200).toBe(0)
    for (const versions of byAggregate(await world.effects()).values()) expect(versions).toEqual(upTo(50))
  })

  it('go on when the server closes the connection that holds the lead', async () => {
    await world.startPublisher({ timing: { pollMs: 20 } })
    await world.startListener()
    for (let round = 1; round <= 3; round += 1) {
      const [leader] = await until('somebody leads', async () => {
        const found = await leaders()
        return found.length === 1 && found
      })
      await world.publisher.sql.query('select pg_terminate_backend($1)', [leader?.pid])
      await change(world.publisher, 'A')
      await world.applied(round)
    }
  })

  it('do not wait for a leader that is frozen, and it does no harm when it thaws', async () => {
    await world.startListener()
    const frozen = await forkBus(world, { role: 'publisher', instance: 'a', leaderSilenceMs: 1000 })
    await until('somebody leads', async () => (await leaders()).length === 1)
    await change(world.publisher, 'A')
    await world.applied(1)
    await world.startPublisher({ instance: 'b', timing: { pollMs: 20, leaderSilenceMs: 1000 } })
    frozen.kill('SIGSTOP')
    try {
      for (let index = 0; index < 10; index += 1) await change(world.publisher, 'A')
      await world.applied(11)
    } finally {
      frozen.kill('SIGCONT')
    }
    for (let index = 0; index < 10; index += 1) await change(world.publisher, 'A')
    await world.applied(21)
    await world.quiet()
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(21))
    frozen.kill('SIGKILL')
    await frozen.died
  })
})

describe('an event that nobody could read', () => {
  it('is refused where it is recorded', async () => {
    const wrong = {
      ...shopEvent('stock.low', 'A', 1, { sku: 'A', available: 1, threshold: 5 }),
      data: { sku: '' },
    }
    expect(() => outboxColumns([wrong as never])).toThrow()
    const huge = shopEvent('order.placed', 'A', 1, {
      orderId: '01930000-0000-7000-8000-000000000001',
      number: 'x'.repeat(200_000),
      userId: null,
      totals: {
        subtotalMinor: 0,
        discountMinor: 0,
        shippingMinor: 0,
        taxMinor: 0,
        totalMinor: 0,
        currency: 'EUR',
      },
      lines: [],
    })
    expect(() => outboxColumns([huge])).toThrow('too large')
  })
})
