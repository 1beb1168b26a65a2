import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startTimeOf } from '../src/process-id.ts'

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'souk-host-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Asks again until the answer is no longer undefined or false. */
export async function until<T>(
  ask: () => T | Promise<T>,
  deadlineMs = 10_000,
): Promise<Exclude<T, false | undefined | null>> {
  const deadline = Date.now() + deadlineMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer as Exclude<T, false | undefined | null>
    if (Date.now() > deadline) throw new Error(`It did not come true within ${deadlineMs} ms`)
    await delay(20)
  }
}

/** Whether a process runs; one that has ended but that nobody has collected yet does not. */
export function isRunning(pid: number): boolean {
  return startTimeOf(pid) !== undefined
}
