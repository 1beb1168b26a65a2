import { databaseUrls } from './databases.ts'
import type { Backing } from './environment.ts'
import { adminUrl } from './postgres.ts'
import { privateRedisUrl } from './redis.ts'
import type { Settings } from './settings.ts'

/** Where the data of a shop with these settings is, whether it runs or not. */
export function addressesOf(settings: Settings): Backing {
  const { databases, secrets, ports, env } = settings
  const redisUrl = env.REDIS_URL ?? privateRedisUrl({ port: ports.redis, password: secrets.redisPassword })
  if (databases.kind === 'given') return { databaseUrls: databases.urls, redisUrl }
  const server =
    databases.kind === 'server'
      ? databases.url
      : adminUrl({ port: ports.postgres, password: secrets.postgresPassword })
  return { databaseUrls: databaseUrls({ adminUrl: server, passwords: secrets.databasePasswords }), redisUrl }
}
