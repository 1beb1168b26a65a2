import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { openRunFolder } from '../src/run-folder.ts'
import { createSupervisor, type ProcessSpec, type Supervisor } from '../src/supervise.ts'
import { isRunning, temporaryFolder, until } from './harness.ts'

const folder = temporaryFolder()
const told: string[] = []
let supervisor: Supervisor

beforeEach(() => {
  told.length = 0
  const runFolder = openRunFolder(folder.path)
  supervisor = createSupervisor({ runFolder, logFolder: folder.path, tell: (line) => told.push(line) })
})

afterAll(() => folder.remove())

afterEach(async () => {
  await Promise.all(supervisor.all().map((one) => one.stop(100)))
})

const node = (name: string, script: string): ProcessSpec => ({
  name,
  command: process.execPath,
  args: ['-e', script],
  cwd: folder.path,
  env: { PATH: process.env.PATH ?? '' },
})

const forever = 'setInterval(() => {}, 1000)'

test('a process that is killed is started again and one sentence says so', async () => {
  const service = supervisor.start(node('order', forever))
  const first = await until(() => service.pid())
  process.kill(first, 'SIGKILL')
  const second = await until(() => service.pid() !== first && service.pid())
  expect(isRunning(second)).toBe(true)
  expect(service.deaths()).toBe(1)
  expect(told).toEqual([expect.stringMatching(/^order stopped \(SIGKILL\) and is started again in 0\.2 s\./)])
})

test('a process that ends at once is started again after longer and longer pauses', async () => {
  const service = supervisor.start(node('broken', 'process.exit(3)'))
  await until(() => service.deaths() >= 3)
  expect(
    told.slice(0, 3).map((line) => /exit code 3\) and is started again in ([\d.]+) s/.exec(line)?.[1]),
  ).toEqual(['0.2', '0.5', '1'])
})

test('a command that does not exist counts as a death, not as a crash of the launcher', async () => {
  const service = supervisor.start({ ...node('missing', ''), command: '/no/such/program' })
  await until(() => service.deaths() >= 1)
  expect(told[0]).toContain('ENOENT')
})

test('stopping asks first, so that a process can finish its work', async () => {
  const script = `process.on('SIGTERM', () => { console.log('finished'); process.exit(0) }); console.log('up'); ${forever}`
  const service = supervisor.start(node('polite', script))
  const pid = await until(() => service.pid())
  await until(() => readFileSync(service.logPath, 'utf8').includes('up'))
  await service.stop(5000)
  expect(isRunning(pid)).toBe(false)
  expect(readFileSync(service.logPath, 'utf8')).toContain('finished')
  expect(told).toEqual([])
})

test('one that does not listen is killed when its time is over', async () => {
  const script = `process.on('SIGTERM', () => {}); console.log('up'); ${forever}`
  const service = supervisor.start(node('deaf', script))
  const pid = await until(() => service.pid())
  await until(() => readFileSync(service.logPath, 'utf8').includes('up'))
  const startedAt = Date.now()
  await service.stop(300)
  expect(isRunning(pid)).toBe(false)
  expect(Date.now() - startedAt).toBeLessThan(3000)
})

test('one that is frozen is killed as well', async () => {
  const service = supervisor.start(node('frozen', forever))
  const pid = await until(() => service.pid())
  process.kill(pid, 'SIGSTOP')
  await service.stop(200)
  expect(isRunning(pid)).toBe(false)
})

test('what a process had started itself goes with it', async () => {
  const script = `
    const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(forever)}])
    console.log('child ' + child.pid)
    ${forever}`
  const service = supervisor.start(node('parent', script))
  const pid = await until(() => service.pid())
  const child = Number(await until(() => /child (\d+)/.exec(readFileSync(service.logPath, 'utf8'))?.[1]))
  expect(isRunning(child)).toBe(true)
  process.kill(pid, 'SIGKILL')
  await until(() => !isRunning(child))
})

test('a stopped process is not started again', async () => {
  const service = supervisor.start(node('brief', 'process.exit(1)'))
  await until(() => service.deaths() >= 1)
  await service.stop(100)
  const deaths = service.deaths()
  await until(() => service.pid() === undefined)
  expect(openRunFolder(folder.path).running()).toEqual([])
  expect(service.deaths()).toBe(deaths)
})

test('the log of a process is a file of its own', async () => {
  const service = supervisor.start(node('talker', `console.log('said'); console.error('warned'); ${forever}`))
  expect(service.logPath).toBe(join(folder.path, 'talker.log'))
  const text = await until(() => {
    const log = readFileSync(service.logPath, 'utf8')
    return log.includes('warned') && log
  })
  expect(text).toContain('said')
})
