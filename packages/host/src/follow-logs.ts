import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { stripVTControlCharacters, styleText } from 'node:util'
import { z } from 'zod'
import type { Supervised } from './supervise.ts'

const everyMs = 300
const warning = 40
const LogLine = z.object({
  level: z.number(),
  msg: z.string().default(''),
  err: z.object({ stack: z.string() }).optional(),
})

/** Shows, while developing, what goes wrong in any process as it is logged. */
export function followLogs(all: readonly Supervised[]): void {
  for (const { name, logPath } of all.filter((one) => one.name !== 'postgres' && one.name !== 'redis')) {
    let position = statSync(logPath, { throwIfNoEntry: false })?.size ?? 0
    let rest = ''
    setInterval(() => {
      const size = statSync(logPath, { throwIfNoEntry: false })?.size ?? 0
      if (size < position) position = 0
      if (size === position) return
      const lines = (rest + readBetween(logPath, position, size)).split('\n')
      position = size
      rest = lines.pop() ?? ''
      for (const line of lines) show(name, line)
    }, everyMs).unref()
  }
}

function readBetween(path: string, from: number, to: number): string {
  const file = openSync(path, 'r')
  const buffer = Buffer.alloc(to - from)
  readSync(file, buffer, 0, buffer.length, from)
  closeSync(file)
  return buffer.toString('utf8')
}

function show(name: string, line: string): void {
  const text = worthShowing(line)
  if (text) console.log(`${styleText('cyan', name.padEnd(12))} ${text}`)
}

/** Our own services log JSON; Next and a crash write plain text. */
function worthShowing(line: string): string | undefined {
  if (!line.startsWith('{')) return stripVTControlCharacters(line).trim() || undefined
  try {
    const { level, msg, err } = LogLine.parse(JSON.parse(line))
    return level >= warning ? [msg, err?.stack].filter(Boolean).join('\n') : undefined
  } catch {
    return line
  }
}
