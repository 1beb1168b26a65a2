import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { claimData, stopShop } from '../src/launcher.ts'
import { Problem } from '../src/problem.ts'
import { openRunFolder, stopLeftovers } from '../src/run-folder.ts'
import { isRunning, temporaryFolder, until } from './harness.ts'

const folder = temporaryFolder()
const script = fileURLToPath(new URL('./fixture/launcher.ts', import.meta.url))
const launchers: ChildProcess[] = []

afterAll(async () => {
  for (const launcher of launchers) launcher.kill('SIGKILL')
  await stopLeftovers(openRunFolder(folder.path), 500)
  folder.remove()
})

/** A launcher of two processes, one of which does not listen to SIGTERM. */
async function startLauncher(withGuard: boolean): Promise<{ launcher: ChildProcess; pids: number[] }> {
  const launcher = spawn(process.execPath, [script, folder.path, withGuard ? 'guard' : 'alone'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  launchers.push(launcher)
  const [chunk] = await once(launcher.stdout, 'data')
  return { launcher, pids: String(chunk).trim().split(' ').map(Number) }
}

test('a launcher that is killed outright takes everything with it', async () => {
  const { launcher, pids } = await startLauncher(true)
  expect(pids.filter(isRunning)).toHaveLength(2)
  launcher.kill('SIGKILL')
  await until(() => pids.filter(isRunning).length === 0, 12_000)
}, 20_000)

test('what is left without a guard is stopped by the next start', async () => {
  const { launcher, pids } = await startLauncher(false)
  launcher.kill('SIGKILL')
  await once(launcher, 'exit')
  expect(pids.filter(isRunning)).toHaveLength(2)
  expect(await stopLeftovers(openRunFolder(folder.path), 500)).toBe(2)
  expect(pids.filter(isRunning)).toHaveLength(0)
  expect(openRunFolder(folder.path).running()).toEqual([])
})

test('a pid that meanwhile belongs to somebody else is left alone', async () => {
  const runFolder = openRunFolder(folder.path)
  runFolder.remember('impostor', process.pid, 'SIGTERM')
  expect(runFolder.running()).toHaveLength(1)
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true })
  launchers.push(stranger)
  await once(stranger, 'spawn')
  writeFileSync(`${runFolder.path}/impostor.pid`, `${stranger.pid} SIGTERM 1\n`)
  expect(await stopLeftovers(runFolder, 200)).toBe(0)
  expect(isRunning(stranger.pid ?? 0)).toBe(true)
})

test('only one launcher may use a data folder, and it can be given up', () => {
  const release = claimData(folder.path)
  expect(() => claimData(folder.path)).toThrow(Problem)
  expect(() => claimData(folder.path)).toThrow(/already open .* npm stop/)
  release()
  claimData(folder.path)()
})

test('closing a shop that is not open says so', async () => {
  expect(await stopShop(folder.path)).toBe(false)
})
