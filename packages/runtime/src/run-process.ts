import closeWithGrace from 'close-with-grace'

/**
 * Runs a process until a signal, then stops it within 8 s. A start that fails prints its sentence and
 * exits with 1. Also stops when the parent that supervises it is gone (`process.send` channel closed).
 */
export async function runProcess(start: () => Promise<{ stop(): Promise<void> }>): Promise<void> {
  const isSupervised = process.connected
  try {
    const running = await start()
    closeWithGrace({ delay: 8000 }, async () => {
      await running.stop()
    })
    const end = () => process.kill(process.pid, 'SIGTERM')
    process.on('disconnect', end)
    // The parent may have gone while this process was starting.
    if (isSupervised && !process.connected) end()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
    setImmediate(() => process.exit(1))
  }
}
