import { existsSync } from 'node:fs'
import { inheritedEnv } from '../env.ts'
import { Problem } from '../problem.ts'
import { run } from '../run.ts'

const commands = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const macPaths = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium for the browser tests: CHROMIUM_PATH, one that is installed, or one installed now. */
export async function findChromium(note: (sentence: string) => void): Promise<string> {
  const given = process.env.CHROMIUM_PATH
  if (given) return existsSync(given) ? given : missing(`CHROMIUM_PATH names ${given}, which does not exist.`)
  return (await installedChromium()) ?? (await installChromium(note)) ?? missing('No Chromium was found.')
}

async function installedChromium(): Promise<string | undefined> {
  const onMac = macPaths.find((path) => existsSync(path))
  if (onMac) return onMac
  for (const command of commands) {
    const { code, output } = await run('sh', ['-c', `command -v ${command}`])
    if (code === 0 && output.trim()) return output.trim()
  }
  return undefined
}

async function installChromium(note: (sentence: string) => void): Promise<string | undefined> {
  const root = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const command = [...root, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
  if ((await run('apt-get', ['--version'])).code !== 0) return undefined
  if (root.length > 0 && (await run('sudo', ['-n', 'true'])).code !== 0) return undefined
  note('No Chromium is installed; installing one.')
  const [program = 'apt-get', ...args] = command
  for (const step of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', 'chromium'],
  ]) {
    await run(program, [...args, ...step], { env: inheritedEnv() })
  }
  return installedChromium()
}

function missing(reason: string): never {
  throw new Problem(
    `${reason} The browser tests need one: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
  )
}
