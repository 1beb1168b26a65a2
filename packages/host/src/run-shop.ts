import { parseArgs } from 'node:util'
import { openInBackground } from './background.ts'
import { followLogs } from './follow-logs.ts'
import { launch, type Shop } from './launch.ts'
import { Problem, sentenceFor } from './problem.ts'
import { createProgress } from './progress.ts'
import { type Mode, readSettings } from './settings.ts'
import { renderTable } from './table.ts'

/** The commands `npm start` and `npm run dev`: opens the shop, says where it is and keeps it open until a signal. */
export async function runShop(mode: Mode, args: readonly string[]): Promise<void> {
  const closing = new AbortController()
  const asked = askedToClose(closing)
  const progress = createProgress()
  try {
    const { fresh, detach } = readArguments(args)
    if (detach) {
      process.exit(await openInBackground(mode, fresh, closing.signal))
    }
    const settings = await readSettings({ mode })
    const shop = await launch({ settings, progress, signal: closing.signal, tell: progress.note, fresh })
    progress.end()
    const isBackground = process.send !== undefined
    console.log(renderTable(settings, progress.elapsedSeconds(), isBackground ? 'npm stop' : 'Ctrl-C'))
    process.send?.('ready')
    if (process.connected) process.disconnect()
    if (mode === 'development') followLogs(shop.supervisor.all())
    await asked
    await close(shop)
    process.exit(0)
  } catch (error) {
    progress.end()
    if (closing.signal.aborted) {
      console.log('Closed before it was open; nothing is left running.')
      process.exit(0)
    }
    console.error(`\n${sentenceFor(error)}`)
    process.exit(1)
  }
}

async function close(shop: Shop): Promise<void> {
  const startedAt = Date.now()
  console.log('\nClosing.')
  await shop.stop()
  console.log(
    `Souk is closed after ${((Date.now() - startedAt) / 1000).toFixed(1)} s; nothing is left running.`,
  )
}

function readArguments(args: readonly string[]): { fresh: boolean; detach: boolean } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { fresh: { type: 'boolean', default: false }, detach: { type: 'boolean', default: false } },
    })
    return values
  } catch (error) {
    throw new Problem(
      `${error instanceof Error ? error.message : error}. Known are --fresh (drop the data) and --detach (run in the background).`,
    )
  }
}

function askedToClose(closing: AbortController): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        closing.abort(new Problem('Closed before it was open.'))
        resolve()
      })
    }
  })
}
