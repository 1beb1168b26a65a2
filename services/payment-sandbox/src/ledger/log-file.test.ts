import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openLogFile } from './log-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'souk-log-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const newPath = () => join(folder, crypto.randomUUID(), 'log.jsonl')

function replay(path: string): unknown[] {
  const lines: unknown[] = []
  openLogFile(path, (line) => lines.push(line)).close()
  return lines
}

describe('the log file', () => {
  test('gives every line back in order, whatever is in it', () => {
    const path = newPath()
    const lines = [{ text: 'two\nlines' }, { text: 'zwei größere Zeilen — ₹' }, { number: 1 }]
    const log = openLogFile(path, () => {})
    for (const line of lines) log.append(line)
    log.close()
    expect(replay(path)).toEqual(lines)
  })

  test('drops a last line that was cut off, and goes on after the one before', () => {
    const path = newPath()
    const log = openLogFile(path, () => {})
    log.append({ number: 1 })
    log.close()
    appendFileSync(path, '{"number":')
    const again = openLogFile(path, () => {})
    again.append({ number: 2 })
    again.close()
    expect(readFileSync(path, 'utf8')).toBe('{"number":1}\n{"number":2}\n')
  })

  test('refuses to start on a line in the middle that cannot be read', () => {
    const path = join(folder, 'broken.jsonl')
    writeFileSync(path, '{"number":1}\nnonsense\n{"number":2}\n')
    expect(() => replay(path)).toThrow(/cannot be read from byte 13/)
    expect(readFileSync(path, 'utf8')).toContain('{"number":2}')
  })
})
