import { join } from 'node:path'
import { startPrivatePostgres, startPrivateRedis } from '../backing.ts'
import { startGuard } from '../guard.ts'
import type { Ports } from '../ports.ts'
import { openRunFolder } from '../run-folder.ts'
import { createSupervisor } from '../supervise.ts'

export type TestServers = { env: Record<string, string>; stop(): Promise<void> }

/** Every test file takes a logical Redis database of its own, so that none sees another's streams. */
const redisDatabases = 9001

/** One PostgreSQL and one Redis for all service tests, in a folder that is thrown away. */
export async function startTestServers(
  folder: string,
  ports: Ports,
  signal: AbortSignal,
): Promise<TestServers> {
  const runFolder = openRunFolder(folder)
  const dismissGuard = startGuard(runFolder)
  const supervisor = createSupervisor({ runFolder, logFolder: folder, tell: (line) => console.log(line) })
  const stop = async () => {
    await Promise.all(supervisor.all().map((one) => one.stop(3000)))
    dismissGuard()
  }
  const password = crypto.randomUUID().replaceAll('-', '')
  try {
    const [databaseUrl, redisUrl] = await Promise.all([
      startPrivatePostgres(
        { folder: join(folder, 'postgres'), port: ports.postgres, password, isThrowaway: true },
        supervisor,
        signal,
      ),
      startPrivateRedis(
        { folder: join(folder, 'redis'), port: ports.redis, password, databases: redisDatabases },
        supervisor,
        signal,
      ),
    ])
    return { env: { SOUK_TEST_DATABASE_URL: databaseUrl, SOUK_TEST_REDIS_URL: redisUrl }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
