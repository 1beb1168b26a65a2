import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { signalGroup } from './process-id.ts'
import type { RunFolder } from './run-folder.ts'

/**
 * Waits at the other end of a pipe and stops everything in the run folder when the launcher is killed
 * without a chance to do so. A shell, not Node: it costs one megabyte for as long as the shop runs.
 */
const script = `
cat > /dev/null
signal_all() {
  for file in "$1"/*.pid; do
    [ -f "$file" ] && read -r pid signal time < "$file" && kill -s "\${2:-\${signal#SIG}}" -- "-$pid" 2> /dev/null
  done
}
signal_all "$0"
sleep 8
signal_all "$0" KILL
rm -f "$0"/*.pid
`

/** Starts the guard; call the answer when everything has been stopped properly. */
export function startGuard(folder: RunFolder): () => void {
  // Windows has no process groups to signal; there the next start clears what was left.
  if (process.platform === 'win32') return () => undefined
  const guard = spawn('/bin/sh', ['-c', script, folder.path], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.unref()
  guard.on('error', () => undefined)
  guard.stdin.on('error', () => undefined)
  if (guard.stdin instanceof Socket) guard.stdin.unref()
  return () => {
    if (guard.pid !== undefined) signalGroup(guard.pid, 'SIGKILL')
  }
}
