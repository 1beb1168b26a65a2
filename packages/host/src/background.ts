import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Mode, readSettings } from './settings.ts'

const followMs = 200

/** Opens the shop in a process of its own, shows its progress until it is ready and answers an exit code. */
export async function openInBackground(mode: Mode, fresh: boolean, signal: AbortSignal): Promise<number> {
  const settings = await readSettings({ mode })
  const logPath = join(settings.dataFolder, 'logs', 'launcher.log')
  const log = openSync(logPath, 'a')
  const script = join(settings.root, 'scripts', mode === 'development' ? 'dev.ts' : 'start.ts')
  const from = statSync(logPath).size
  const child = spawn(process.execPath, [...process.execArgv, script, ...(fresh ? ['--fresh'] : [])], {
    cwd: settings.root,
    env: process.env,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true })
  const follow = followFile(logPath, from)
  const code = await outcome(child)
  follow.end()
  if (child.connected) child.disconnect()
  child.unref()
  return code
}

function outcome(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('message', () => resolve(0))
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', () => resolve(1))
  })
}

/** Copies what is added to a file to our own output. */
function followFile(path: string, from: number): { end(): void } {
  const file = openSync(path, 'r')
  const buffer = Buffer.alloc(16_384)
  let position = from
  const copy = () => {
    for (let count = readSync(file, buffer, 0, buffer.length, position); count > 0; ) {
      process.stdout.write(buffer.subarray(0, count))
      position += count
      count = readSync(file, buffer, 0, buffer.length, position)
    }
  }
  const timer = setInterval(copy, followMs)
  return {
    end() {
      clearInterval(timer)
      copy()
      closeSync(file)
    },
  }
}
