import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startPrivatePostgres } from '../src/backing.ts'
import { openRunFolder } from '../src/run-folder.ts'
import { createSupervisor, type Supervised } from '../src/supervise.ts'
import { freePort, temporaryFolder, until } from './harness.ts'

const folder = temporaryFolder()
const supervisorIn = (name: string) =>
  createSupervisor({
    runFolder: openRunFolder(join(folder.path, name)),
    logFolder: folder.path,
    tell: () => {},
  })
const servers: Supervised[] = []

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop(5000)))
  folder.remove()
})

test.runIf(process.platform === 'linux')(
  'a killed server whose children linger is waited for, not given up',
  async () => {
    const options = {
      folder: join(folder.path, 'postgres'),
      port: await freePort(),
      password: 'p'.repeat(20),
    }
    const first = supervisorIn('first')
    await startPrivatePostgres(options, first, AbortSignal.timeout(60_000))
    const [killed] = first.all()
    const pid = killed?.pid()
    if (!killed || pid === undefined) throw new Error('The first server does not run')
    const child = childOf(pid, 'checkpointer')
    // Frozen, it keeps the shared memory of its dead parent.
    process.kill(child, 'SIGSTOP')
    const gone = killed.stop(5000)
    process.kill(pid, 'SIGKILL')
    await gone
    const second = supervisorIn('second')
    const isUp = startPrivatePostgres(options, second, AbortSignal.timeout(60_000))
    const server = await until(() => second.all()[0])
    servers.push(server)
    await until(() => server.deaths() > 3, 30_000)
    process.kill(child, 'SIGKILL')
    expect(await isUp).toContain(`:${options.port}/`)
  },
  90_000,
)

function childOf(parent: number, title: string): number {
  const found = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .find((entry) => {
      try {
        const isChild = readFileSync(`/proc/${entry}/status`, 'utf8').includes(`\nPPid:\t${parent}\n`)
        return isChild && readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(title)
      } catch {
        return false
      }
    })
  if (found === undefined) throw new Error(`${parent} has no child called ${title}`)
  return Number(found)
}
