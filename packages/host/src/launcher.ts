import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { lockHolder, takeLock } from './lock.ts'
import { Problem } from './problem.ts'
import { startTimeOf } from './process-id.ts'
import { openRunFolder, stopLeftovers } from './run-folder.ts'

const lockPath = (dataFolder: string): string => join(dataFolder, 'launcher.lock')

/** Makes this process the only launcher of a data folder; call the answer to give it up. */
export function claimData(dataFolder: string): () => void {
  const path = lockPath(dataFolder)
  if (!takeLock(path)) {
    throw new Problem(
      `Souk is already open from this data folder (process ${lockHolder(path)}). Close it with: npm stop, or set SOUK_DATA and SOUK_PORT_OFFSET for a second shop.`,
    )
  }
  return () => rmSync(path, { force: true })
}

/** Closes the shop of a data folder from outside and answers whether there was anything to close. */
export async function stopShop(dataFolder: string, graceMs = 15_000): Promise<boolean> {
  const pid = lockHolder(lockPath(dataFolder))
  if (pid !== undefined) {
    const startTime = startTimeOf(pid)
    process.kill(pid, 'SIGTERM')
    const deadline = Date.now() + graceMs
    while (startTimeOf(pid) === startTime && Date.now() < deadline) await delay(100)
    if (startTimeOf(pid) === startTime) process.kill(pid, 'SIGKILL')
  }
  const leftovers = await stopLeftovers(openRunFolder(dataFolder))
  return pid !== undefined || leftovers > 0
}
