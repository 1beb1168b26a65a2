import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * An append-only file of JSON lines. A line is handed to the operating system before `append` returns,
 * so a process that is killed loses nothing; only a power cut can.
 */
export function openLogFile(path: string, replay: (line: unknown) => void) {
  const file = resolve(path)
  mkdirSync(dirname(file), { recursive: true })
  let fd = openSync(file, 'a+')
  const whole = readLines(file, replay)
  // A line that was cut off by a full disk was never answered to anybody.
  ftruncateSync(fd, whole)
  let size = whole
  return {
    append(entry: unknown): void {
      const bytes = lineOf(entry)
      try {
        writeAll(fd, bytes)
      } catch (error) {
        ftruncateSync(fd, size)
        throw error
      }
      size += bytes.length
    },
    size: () => size,
    /** Puts a shorter file that says the same in this one's place, at once or not at all. */
    replaceWith(entries: Iterable<unknown>): void {
      const fresh = `${file}.compact`
      const next = openSync(fresh, 'w')
      let written = 0
      for (const entry of entries) written += writeAll(next, lineOf(entry))
      fsyncSync(next)
      closeSync(next)
      renameSync(fresh, file)
      closeSync(fd)
      fd = openSync(file, 'a+')
      size = written
    },
    close: () => closeSync(fd),
  }
}

export type LogFile = ReturnType<typeof openLogFile>

const lineOf = (entry: unknown) => Buffer.from(`${JSON.stringify(entry)}\n`)

function writeAll(fd: number, bytes: Buffer): number {
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written)
  return bytes.length
}

/** Replays every whole line and answers how many bytes they take. */
function readLines(file: string, replay: (line: unknown) => void): number {
  const bytes = readFileSync(file)
  let start = 0
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    const text = bytes.toString('utf8', start, end)
    try {
      replay(JSON.parse(text))
    } catch (error) {
      throw new Error(
        `${file} cannot be read from byte ${start} on. Move it away to start the sandbox with an empty log.`,
        { cause: error },
      )
    }
    start = end + 1
  }
  return start
}
