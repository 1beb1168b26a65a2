import { connect, createServer, type Socket } from 'node:net'
import { dropOldRows, trimStream } from '@souk/events/keep-house'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { byAggregate, change, createWorld, entry, noting, stream, upTo, type World } from './harness.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterEach(async () => await world.reset())
afterAll(async () => await world.stop())

/** Cuts every connection to this logical Redis, as a restart would. Ours comes back by itself. */
async function cutRedisConnections(): Promise<void> {
  const database = new URL(world.redisUrl).pathname.slice(1)
  const clients = await world.redis.clientList()
  const own = Number(await world.redis.clientId())
  for (const client of clients) {
    if (String(client.db) === database && client.id !== own) {
      await world.redis.clientKill({ filter: 'ID', id: client.id })
    }
  }
}

describe('Redis', () => {
  it('F8 that comes back empty is filled again from the outbox, and nothing is applied twice', async () => {
    const bus = await world.startPublisher({ timing: { pollMs: 20 } })
    await world.startListener()
    for (let index = 0; index < 40; index += 1) await change(world.publisher, `S${index % 4}`)
    bus.wake()
    await world.applied(40)
    await world.redis.flushDb()
    await cutRedisConnections()
    for (let index = 0; index < 40; index += 1) await change(world.publisher, `S${index % 4}`)
    await world.applied(80)
    await until('everything is in the stream again', async () => (await world.redis.xLen(stream)) >= 80)
    await world.quiet()
    for (const versions of byAggregate(await world.effects()).values()) expect(versions).toEqual(upTo(20))
    const [handled] = await world.listener.sql.query<{ count: number }>(
      'select count(*)::int as count from inbox',
    )
    expect(handled?.count).toBe(80)
  })

  it('that is emptied without a restart is noticed too', async () => {
    const bus = await world.startPublisher({ timing: { pollMs: 20 } })
    await world.startListener()
    for (let index = 0; index < 10; index += 1) await change(world.publisher, 'A')
    bus.wake()
    await world.applied(10)
    await world.redis.flushDb()
    await until('everything is in the stream again', async () => (await world.redis.xLen(stream)) >= 10)
    await change(world.publisher, 'A')
    await world.applied(11)
    await world.quiet()
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(11))
  })

  it('F9 that comes back without the last of what it was given gets that again', async () => {
    const publisher = await world.startPublisher({ timing: { pollMs: 20 } })
    for (let index = 0; index < 10; index += 1) await change(world.publisher, 'A')
    publisher.wake()
    await until('ten are published', async () => (await world.redis.xLen(stream)) === 10)
    const saved = await world.redis.sendCommand(['DUMP', stream], { typeMapping: { 36: Buffer } })
    for (let index = 0; index < 10; index += 1) await change(world.publisher, 'A')
    publisher.wake()
    await until('twenty are published', async () => (await world.redis.xLen(stream)) === 20)
    await world.redis.sendCommand(['RESTORE', stream, '0', saved as unknown as string, 'REPLACE'])
    expect(await world.redis.xLen(stream)).toBe(10)
    await cutRedisConnections()
    await until('twenty are in the stream again', async () => (await world.redis.xLen(stream)) === 20)
    await world.startListener()
    await world.applied(20)
    await world.quiet()
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(20))
  })

  it('that loses a consumer group tells everything again to a service that knows it already', async () => {
    await world.startListener()
    for (const version of upTo(10)) await world.redis.xAdd(stream, '*', entry({ version }))
    await world.applied(10)
    await world.redis.xGroupDestroy(stream, 'product')
    await world.redis.xAdd(stream, '*', entry({ version: 11 }))
    await world.applied(11)
    await world.quiet()
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(11))
  })
})

describe('F12 a publish that Redis refuses', () => {
  it('is tried again until it is taken: nothing is lost, nothing doubled', async () => {
    await world.redis.set(stream, 'not a stream, so every XADD fails')
    await world.startPublisher({ timing: { pollMs: 20 } })
    await world.startListener()
    for (let index = 0; index < 5; index += 1) await change(world.publisher, 'A')
    const waiting = async () =>
      await world.publisher.sql.query('select 1 from outbox where published_at is null')
    expect(await waiting()).toHaveLength(5)
    await world.redis.del(stream)
    await world.applied(5)
    expect(byAggregate(await world.effects()).get('A')).toEqual(upTo(5))
    await until('the outbox knows it', async () => (await waiting()).length === 0)
  })
})

describe('the database of the listener', () => {
  it('may be away for a while: everything is applied afterwards, once, and nothing is given up', async () => {
    const line = await startLine(world.listenerUrl)
    const bus = await world.startListenerAt(line.url, { subscriptions: noting() })
    for (const version of upTo(10)) await world.redis.xAdd(stream, '*', entry({ version }))
    await world.applied(10)
    line.cut()
    for (const version of upTo(200))
      await world.redis.xAdd(stream, '*', entry({ sku: `S${version % 40}`, version }))
    await until('it has noticed', () => line.refused() > 3)
    line.mend()
    await world.applied(210, 30_000)
    await world.quiet()
    expect(await world.deadLetters()).toEqual([])
    for (const [sku, versions] of byAggregate(await world.effects())) {
      expect(versions, sku).toEqual(versions.toSorted((a, b) => a - b))
    }
    await bus.stop()
    await line.close()
  })
})

describe('keeping house', () => {
  it('never trims what a slow group has not read or not finished', async () => {
    const old = Date.now() - 48 * 3600 * 1000
    for (const number of upTo(10))
      await world.redis.xAdd(stream, `${old + number}-0`, entry({ version: number }))
    const read = async (group: string, count: number) =>
      await world.redis.xReadGroup(group, 'x', { key: stream, id: '>' }, { COUNT: count })
    for (const group of ['quick', 'slow']) await world.redis.xGroupCreate(stream, group, '0')
    await read('quick', 10)
    await world.redis.xAck(
      stream,
      'quick',
      upTo(10).map((number) => `${old + number}-0`),
    )
    await trimStream(world.redis, stream)
    expect(await world.redis.xLen(stream)).toBe(10)
    await read('slow', 6)
    await world.redis.xAck(stream, 'slow', [`${old + 1}-0`, `${old + 2}-0`, `${old + 4}-0`])
    await trimStream(world.redis, stream)
    const left = await world.redis.xRange(stream, '-', '+')
    expect(left?.map(({ id }) => String(id))[0]).toBe(`${old + 3}-0`)
    expect(left).toHaveLength(8)
  })

  it('keeps a day although everybody has read it', async () => {
    for (const version of upTo(5)) await world.redis.xAdd(stream, '*', entry({ version }))
    await world.startListener()
    await world.applied(5)
    await world.quiet()
    await trimStream(world.redis, stream)
    expect(await world.redis.xLen(stream)).toBe(5)
  })

  it('drops old rows, never an event that was not published', async () => {
    for (let index = 0; index < 6; index += 1) await change(world.publisher, 'A')
    await world.publisher.sql.query(
      `update outbox set occurred_at = now() - interval '20 days',
         published_at = case when aggregate_version <= 3 then now() - interval '20 days'
                             when aggregate_version = 4 then now() end,
         stream_id = '1-1'`,
    )
    await world.publisher.sql.query(
      `insert into inbox (consumer, event_id, name, aggregate_id, aggregate_version, handled_at)
       select 'x', new_id(), 'n', 'a', n, now() - make_interval(days => n) from generate_series(28, 33) n`,
    )
    await world.publisher.sql.query(
      `insert into idempotency (caller, operation, key, body_hash, created_at)
       select 'x', 'y', n::text, 'h', now() - make_interval(days => n) from generate_series(1, 10) n`,
    )
    await dropOldRows(world.publisher.sql)
    const column = async (sql: string) =>
      (await world.publisher.sql.query<{ n: number }>(sql)).map(({ n }) => n)
    expect(await column('select aggregate_version as n from outbox order by 1')).toEqual([4, 5, 6])
    expect(await column('select aggregate_version as n from inbox order by 1')).toEqual([28, 29])
    expect(await column('select key::int as n from idempotency order by 1')).toEqual([1, 2, 3, 4, 5, 6])
  })
})

/** A line to a server that can be cut: open connections break and new ones are refused. */
async function startLine(url: string) {
  const target = new URL(url)
  const open = new Set<Socket>()
  let isCut = false
  let refused = 0
  const server = createServer((socket) => {
    if (isCut) {
      refused += 1
      return socket.destroy()
    }
    const far = connect(Number(target.port), target.hostname)
    for (const end of [socket, far]) {
      open.add(end)
      end.on('error', () => {})
      end.on('close', () => {
        open.delete(end)
        socket.destroy()
        far.destroy()
      })
    }
    socket.pipe(far).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const line = new URL(url)
  line.port = String(address !== null && typeof address === 'object' ? address.port : 0)
  return {
    url: line.href,
    refused: () => refused,
    cut: () => {
      isCut = true
      for (const socket of open) socket.destroy()
    },
    mend: () => {
      isCut = false
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
