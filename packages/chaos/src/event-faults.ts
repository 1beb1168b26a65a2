import type { Shop } from '@souk/host/launch'
import { createClient } from 'redis'
import { shuffled } from './random.ts'
import type { Kind } from './scene.ts'

const streams = ['events:order', 'events:payment', 'events:inventory', 'events:product'] as const

type Client = ReturnType<typeof createClient>
type Entry = { id: string; message: Record<string, string> }

/** What consumers must survive: the same entries once more, in any order. */
export const repeatEvents: Kind = (random) => {
  const [stream, count] = [random.pick(streams), random.between(20, 200)]
  return {
    what: `the last ${count} entries of ${stream} again, shuffled`,
    inject: async ({ shop }) => {
      await withRedis(shop, async (redis) => {
        for (const { message } of shuffled(random, await lastEntries(redis, stream, count)))
          await redis.xAdd(stream, '*', message)
      })
    },
  }
}

/** Takes the newest entries out, read or not, and puts them back in another order. */
export const reorderEvents: Kind = (random) => {
  const [stream, count] = [random.pick(streams), random.between(5, 60)]
  return {
    what: `the last ${count} entries of ${stream} in another order`,
    inject: async ({ shop }) => {
      await withRedis(shop, async (redis) => {
        const entries = await lastEntries(redis, stream, count)
        const change = redis.multi()
        for (const { id } of entries) change.xDel(stream, id)
        for (const { message } of shuffled(random, entries)) change.xAdd(stream, '*', message)
        await change.exec()
      })
    },
  }
}

export const trimEvents: Kind = (random) => {
  const stream = random.pick(streams)
  return {
    what: `${stream} trimmed to one entry under its readers`,
    inject: async ({ shop }) => {
      await withRedis(shop, async (redis) => {
        await redis.xTrim(stream, 'MAXLEN', 1)
      })
    },
  }
}

export const dropStream: Kind = (random) => {
  const stream = random.pick(streams)
  return {
    what: `${stream} deleted`,
    inject: async ({ shop }) => {
      await withRedis(shop, async (redis) => {
        await redis.del(stream)
      })
    },
  }
}

export const flushRedis: Kind = () => ({
  what: 'FLUSHALL of redis',
  inject: async ({ shop }) => {
    await withRedis(shop, async (redis) => {
      await redis.flushAll()
    })
  },
})

async function lastEntries(redis: Client, stream: string, count: number): Promise<Entry[]> {
  const entries = await redis.xRevRange(stream, '+', '-', { COUNT: count })
  return (entries ?? []).map(({ id, message }) => ({
    id: String(id),
    message: { ...message } as Record<string, string>,
  }))
}

async function withRedis(shop: Shop, work: (redis: Client) => Promise<void>): Promise<void> {
  const redis = createClient({
    url: shop.backing.redisUrl,
    socket: { connectTimeout: 2000, reconnectStrategy: false, socketTimeout: 4000 },
    disableOfflineQueue: true,
  })
  redis.on('error', () => {})
  try {
    await redis.connect()
    await work(redis as Client)
  } finally {
    redis.destroy()
  }
}
