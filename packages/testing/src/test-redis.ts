import { createClient } from 'redis'
import { testServers } from './env.ts'

/** An empty logical Redis database that no other test file uses. */
export async function createTestRedis(): Promise<{ url: string; drop(): Promise<void> }> {
  const counter = createClient({ url: testServers.redisUrl })
  await counter.connect()
  const number = 1 + ((await counter.incr('souk:test:database')) % 9_000)
  counter.destroy()
  const url = `${testServers.redisUrl}/${number}`
  const flush = async () => {
    const client = createClient({ url })
    await client.connect()
    await client.flushDb()
    client.destroy()
  }
  await flush()
  return { url, drop: flush }
}
