import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Sql } from '@souk/db/connect'
import { type InventoryDatabase, openInventoryDatabase } from '@souk/db/inventory'
import { createTestDatabase } from '@souk/db/testing'
import { type BusOptions, type EventBus, startBus } from '@souk/events/bus'
import { type ShopEvent, streamOf } from '@souk/events/catalog'
import { record, shopEvent } from '@souk/events/record'
import type { Timing } from '@souk/events/timing'
import { newId } from '@souk/kernel/id'
import { createLog } from '@souk/service/log'
import { openRedis, type Redis } from '@souk/service/redis'
import { testServers } from '@souk/testing/env'
import { createTestRedis } from '@souk/testing/test-redis'
import { until } from '@souk/testing/until'

export const log = createLog({ service: 'test', instance: 'test', level: 'silent' })
export const stream = streamOf('inventory')

/** Fast retries; and polls so rare that only a wake can be the reason when something arrives. */
export const timing: Partial<Timing> = {
  pollMs: 60_000,
  retryMs: 4,
  standbyMs: 20,
  compareEveryMs: 100,
  againEveryMs: 20,
  gapMs: 300,
}

export type World = Awaited<ReturnType<typeof createWorld>>

/**
 * Two services as far as events see them: `publisher` owns the stream, `listener` handles what comes and
 * notes each event in its table `effect`. Any service database will do, as the shared tables are the same.
 */
export async function createWorld() {
  const [publisherDatabase, listenerDatabase, testRedis] = await Promise.all([
    createTestDatabase('inventory', testServers.databaseUrl),
    createTestDatabase('inventory', testServers.databaseUrl),
    createTestRedis(),
  ])
  const open = (url: string) => openInventoryDatabase({ url, applicationName: 'test' })
  const publisher = open(publisherDatabase.url)
  const listener = open(listenerDatabase.url)
  await listener.sql.query(
    'create table effect (seq bigserial, event_id uuid, aggregate_id text, version int, by text)',
  )
  const redis = openRedis(testRedis.url, log)
  await redis.connect()
  const buses: EventBus[] = []
  const clients: Redis[] = []

  /** Every bus has its own pool and client, as if it were a process. */
  async function start(url: string, options: Partial<BusOptions> & { service: string }): Promise<EventBus> {
    const db = open(url)
    const client = openRedis(testRedis.url, log)
    await client.connect()
    clients.push(client)
    const bus = startBus({
      db,
      redis: client,
      redisUrl: testRedis.url,
      instance: '0',
      subscriptions: {},
      log,
      ...options,
      timing: { ...timing, ...options.timing },
    })
    const stop = async () => {
      await bus.stop()
      await db.close()
    }
    const stoppable = { ...bus, stop }
    buses.push(stoppable)
    return stoppable
  }

  return {
    publisher,
    listener,
    redis,
    redisUrl: testRedis.url,
    publisherUrl: publisherDatabase.url,
    listenerUrl: listenerDatabase.url,
    startPublisher: async (options: Partial<BusOptions> = {}) =>
      await start(publisherDatabase.url, { service: 'inventory', owner: 'inventory', ...options }),
    startListener: async (options: Partial<BusOptions> = {}) =>
      await start(listenerDatabase.url, { service: 'product', subscriptions: noting(), ...options }),
    /** The listener's database by another way. */
    startListenerAt: async (url: string, options: Partial<BusOptions> = {}) =>
      await start(url, { service: 'product', subscriptions: noting(), ...options }),
    effects: async () =>
      await listener.sql.query<{ event_id: string; aggregate_id: string; version: number; by: string }>(
        'select event_id, aggregate_id, version, by from effect order by seq',
      ),
    applied: async (count: number, timeoutMs?: number) =>
      await until(
        `${count} events are applied`,
        async () => {
          const [row] = await listener.sql.query<{ count: number }>(
            'select count(*)::int as count from effect',
          )
          return row?.count === count
        },
        timeoutMs,
      ),
    deadLetters: async () =>
      await listener.sql.query<{
        id: string
        event_id: string
        name: string
        reason: string
        attempts: number
      }>('select id, event_id, name, reason, attempts from dead_letter order by failed_at'),
    /** Everything the group was given is acknowledged and nothing is left to be given. */
    quiet: async () =>
      await until('the group has nothing pending and no lag', async () => {
        const [group] = await redis.xInfoGroups(stream)
        return Number(group?.pending) === 0 && Number(group?.lag) === 0
      }),
    /** Stops every bus and forgets everything, for the next test. */
    reset: async () => {
      await Promise.all(buses.splice(0).map(async (bus) => await bus.stop().catch(() => {})))
      for (const client of clients.splice(0)) client.destroy()
      for (const { sql } of [publisher, listener]) {
        for (const table of ['outbox', 'inbox', 'dead_letter', 'idempotency', 'stock_item']) {
          await sql.query(`delete from ${table}`)
        }
      }
      await listener.sql.query('truncate effect')
      await redis.flushDb()
    },
    stop: async () => {
      redis.destroy()
      await Promise.all([publisher.close(), listener.close()])
      await Promise.all([publisherDatabase.drop(), listenerDatabase.drop(), testRedis.drop()])
    },
  }
}

/** A handler whose effect can be counted. */
export function noting(by = '0') {
  return {
    'stock.level_changed': async (event: ShopEvent<'stock.level_changed'>, tx: Sql) => {
      await tx.query('insert into effect (event_id, aggregate_id, version, by) values ($1, $2, $3, $4)', [
        event.id,
        event.aggregateId,
        event.aggregateVersion,
        by,
      ])
    },
  }
}

/** Commits a change of the aggregate together with its event, as a service does; answers the version. */
export async function change(db: InventoryDatabase, sku: string): Promise<number> {
  return await db.transaction(async (tx) => {
    const [row] = await tx.query<{ version: number }>(
      `insert into stock_item (sku, version) values ($1, 1)
       on conflict (sku) do update set version = stock_item.version + 1 returning version`,
      [sku],
    )
    const version = row?.version ?? 0
    await record(tx, [
      shopEvent('stock.level_changed', sku, version, {
        sku,
        onHand: version,
        reserved: 0,
        available: version,
      }),
    ])
    return version
  })
}

/** An entry as the relay writes it. */
export function entry(options: { sku?: string; version?: number; id?: string } = {}): { e: string } {
  const { sku = 'A', version = 1, id = newId() } = options
  return {
    e: JSON.stringify({
      id,
      name: 'stock.level_changed',
      version: 1,
      aggregateId: sku,
      aggregateVersion: version,
      occurredAt: new Date().toISOString(),
      traceId: null,
      data: { sku, onHand: 1, reserved: 0, available: 1 },
    }),
  }
}

export type BusProcess = { pid: number; died: Promise<void>; kill(signal: NodeJS.Signals): void }

/** A bus in a process of its own, which can be killed and frozen. */
export async function forkBus(
  world: World,
  options: {
    role: 'publisher' | 'listener'
    instance: string
    faultPoint?: string
    leaderSilenceMs?: number
  },
): Promise<BusProcess> {
  const url = options.role === 'publisher' ? world.publisherUrl : world.listenerUrl
  const child = fork(fileURLToPath(new URL('./fixture/bus-process.ts', import.meta.url)), {
    env: { ...process.env, BUS: JSON.stringify({ ...options, url, redisUrl: world.redisUrl }) },
    execArgv: [],
  })
  const died = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', () => reject(new Error('The bus process ended before it was ready')))
  })
  const pid = child.pid ?? 0
  return { pid, died, kill: (signal) => void process.kill(pid, signal) }
}

export function byAggregate(effects: { aggregate_id: string; version: number }[]): Map<string, number[]> {
  const found = new Map<string, number[]>()
  for (const { aggregate_id: id, version } of effects) found.set(id, [...(found.get(id) ?? []), version])
  return found
}

export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}
