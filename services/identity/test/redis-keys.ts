import { createLog } from '@souk/service/log'
import { openRedis } from '@souk/service/redis'

export async function keysOf(url: string): Promise<string[]> {
  const redis = openRedis(url, createLog({ service: 'test', instance: '0', level: 'silent' }))
  await redis.connect()
  const keys = await redis.keys('*')
  redis.destroy()
  return keys
}
