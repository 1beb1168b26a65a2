import type { DatabaseWork } from './database-work.ts'
import type { MemoryFigure } from './memory.ts'
import type { LoadFigure } from './purchases.ts'
import type { ReadFigure } from './reads.ts'

export type Figures = {
  machine: string
  reads: ReadFigure[]
  loads: LoadFigure[]
  /** Of one purchase by card, with everything it sets off. */
  work: DatabaseWork
  memory: MemoryFigure[]
}

/** The figures as tables that read well on a terminal and in a document. */
export function report({ machine, reads, loads, work, memory }: Figures): string {
  const total = (read: (figure: MemoryFigure) => number) =>
    memory.reduce((sum, figure) => sum + read(figure), 0)
  return [
    `Measured on ${machine}.`,
    table(
      ['Public read, warm, 32 connections', 'requests/s', 'bare node:http/s', 'share', 'p99 ms', 'bytes'],
      reads.map((each) => [
        each.name,
        count(each.perSecond),
        count(each.referencePerSecond),
        `${(each.ratio * 100).toFixed(0)} %`,
        each.p99Ms.toFixed(1),
        count(each.bytes),
      ]),
    ),
    table(
      ['Write, durable', 'a second', 'p50 ms', 'p99 ms', 'answers'],
      loads.map((each) => [
        each.name,
        each.perSecond.toFixed(1),
        each.p50Ms.toFixed(1),
        each.p99Ms.toFixed(1),
        Object.entries(each.outcomes)
          .map(([outcome, times]) => `${outcome}: ${times}`)
          .join(', '),
      ]),
    ),
    table(
      ['A purchase in PostgreSQL, all six databases', 'of one'],
      [
        ['SQL statements', work.statements.toFixed(1)],
        ['transactions that wrote', work.commits.toFixed(1)],
      ],
    ),
    table(
      ['Memory, idle', 'resident MB', 'proportional MB'],
      [
        ...memory,
        {
          name: 'whole shop',
          residentMb: total((each) => each.residentMb),
          proportionalMb: total((each) => each.proportionalMb ?? 0),
        },
      ].map((each) => [
        each.name,
        each.residentMb.toFixed(0),
        each.proportionalMb === null ? '' : each.proportionalMb.toFixed(0),
      ]),
    ),
  ].join('\n\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(Math.max(1, width - 1))}:`)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

const count = (value: number) => Math.round(value).toLocaleString('en')
