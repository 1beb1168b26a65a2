import { type SpawnOptions, spawn } from 'node:child_process'
import { signalGroup } from './process-id.ts'

/** `output` is everything it printed, `errors` what of that went to stderr. */
export type Finished = { code: number | null; output: string; errors: string }

export type RunOptions = Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> & {
  signal?: AbortSignal | undefined
  /** Hears what it prints while it runs. */
  onOutput?: (text: string) => void
}

/**
 * Runs a command to its end and answers everything it printed; a missing command answers code null.
 * When the signal fires, the command and what it started are killed and the reason is thrown.
 */
export async function run(
  command: string,
  args: readonly string[],
  { signal, onOutput, ...options }: RunOptions = {},
): Promise<Finished> {
  signal?.throwIfAborted()
  const child = spawn(command, args, {
    ...options,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  const kill = () => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL')
  }
  signal?.addEventListener('abort', kill, { once: true })
  let output = ''
  let errors = ''
  const collect = (chunk: string) => {
    output += chunk
    onOutput?.(chunk)
  }
  child.stdout.setEncoding('utf8').on('data', collect)
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    errors += chunk
    collect(chunk)
  })
  const finished = await new Promise<Finished>((resolve) => {
    child.on('error', ({ message }) => resolve({ code: null, output: message, errors: message }))
    child.on('close', (code) => resolve({ code, output, errors }))
  })
  signal?.removeEventListener('abort', kill)
  signal?.throwIfAborted()
  return finished
}
