'use client'

import type { KeyboardEvent, ReactNode } from 'react'
import { cx } from './class-names.tsx'
import { Skeleton } from './skeleton.tsx'

export type Column<Row> = {
  key: string
  header: string
  cell: (row: Row) => ReactNode
  /** Figures stand at the end, so that they can be compared. */
  isEnd?: boolean
  /** The cell that names the row; on a phone it heads the block. */
  isName?: boolean
  /**
   * Where it stands in the block that a row becomes on a phone: beside the name, at the start or the end of
   * a line, over the whole line, or nowhere. Without it, on a line of its own behind its header.
   */
  phone?: 'aside' | 'start' | 'end' | 'wide' | 'hidden'
  /** Left out of the table where there is no room for it; the phone has room below. */
  from?: 'md' | 'lg' | 'xl'
  className?: string
}

type DataTableProps<Row> = {
  /** Names the table for those who cannot see where it stands. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** The rows shown are those of the last question; the next answer is on its way. */
  isStale?: boolean
}

const shownFrom = { md: 'sm:max-md:hidden', lg: 'sm:max-lg:hidden', xl: 'sm:max-xl:hidden' }
const phonePlaces = {
  name: 'max-sm:col-start-1 max-sm:row-start-1',
  /** Nothing stands beside the name. */
  lone: 'max-sm:col-span-2 max-sm:row-start-1',
  aside: 'max-sm:col-start-2 max-sm:row-start-1 max-sm:text-right',
  start: 'max-sm:col-start-1',
  end: 'max-sm:col-start-2 max-sm:justify-self-end max-sm:text-right',
  wide: 'max-sm:col-span-2',
  hidden: 'max-sm:hidden',
  line: 'max-sm:col-span-2 max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:gap-4',
}
// A browser forgets that something is a table once it is laid out as blocks, so the roles are said.
const asTable = { role: 'table' } as const
const asRowGroup = { role: 'rowgroup' } as const
const asRow = { role: 'row' } as const
const asColumnHeader = { role: 'columnheader' } as const
const asCell = { role: 'cell' } as const
const rowLinks = 'a[data-row-link]'

/** `j` and `k` move between the rows, but only once the focus is on one, so that no assistive technology loses a key. */
function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>) {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.key !== 'j' && event.key !== 'k')) return
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>(rowLinks)]
  const current = links.indexOf(document.activeElement as HTMLAnchorElement)
  if (current < 0) return
  event.preventDefault()
  links[current + (event.key === 'j' ? 1 : -1)]?.focus()
}

function placeOf<Row>(column: Column<Row>, columns: readonly Column<Row>[]): keyof typeof phonePlaces {
  if (column.isName) return columns.some(({ phone }) => phone === 'aside') ? 'name' : 'lone'
  return column.phone ?? 'line'
}

function cellClass<Row>(column: Column<Row>, columns: readonly Column<Row>[]): string {
  return cx(
    'min-w-0 align-middle max-sm:py-0.5 sm:px-3 sm:py-2 sm:first:pl-4 sm:last:pr-4',
    phonePlaces[placeOf(column, columns)],
    column.isEnd && 'sm:text-right',
    column.from && shownFrom[column.from],
    column.className,
  )
}

function Head<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <thead {...asRowGroup} className="max-sm:sr-only">
      <tr {...asRow} className="border-line border-b text-dense text-ink-soft">
        {columns.map((column) => (
          <th
            key={column.key}
            {...asColumnHeader}
            scope="col"
            className={cx(
              'whitespace-nowrap px-3 py-2 text-left font-normal first:pl-4 last:pr-4',
              column.isEnd && 'text-right',
              column.from && shownFrom[column.from],
            )}
          >
            {column.header}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** A dense table; on a phone each row becomes a block of named values. Roles keep it a table either way. */
export function DataTable<Row>({ caption, columns, rows, rowKey, isStale }: DataTableProps<Row>) {
  return (
    <table {...asTable} aria-busy={isStale || undefined} className="w-full text-sm max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <Head columns={columns} />
      <tbody
        {...asRowGroup}
        onKeyDown={moveBetweenRows}
        className={cx('divide-y divide-line transition-opacity max-sm:block', isStale && 'opacity-60')}
      >
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            {...asRow}
            className="relative transition-colors focus-within:bg-surface hover:bg-surface max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-4 max-sm:px-4 max-sm:py-3"
          >
            {columns.map((column) => (
              <td key={column.key} {...asCell} className={cellClass(column, columns)}>
                {placeOf(column, columns) === 'line' && (
                  <span aria-hidden="true" className="shrink-0 text-dense text-ink-soft sm:hidden">
                    {column.header}
                  </span>
                )}
                <div className={cx('min-w-0', column.isEnd && 'figures')}>{column.cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const widths = ['w-24', 'w-40', 'w-20', 'w-28', 'w-16']

/** The table before its rows are there, in its final shape. */
export function TableSkeleton<Row>({
  columns,
  rows = 8,
}: {
  columns: readonly Column<Row>[]
  rows?: number
}) {
  return (
    <table aria-hidden="true" className="w-full text-sm max-sm:block">
      <Head columns={columns} />
      <tbody className="divide-y divide-line max-sm:block">
        {Array.from({ length: rows }, (_, index) => index).map((row) => (
          <tr
            key={row}
            className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-4 max-sm:px-4 max-sm:py-3"
          >
            {columns.map((column, index) => (
              <td key={column.key} className={cx(cellClass(column, columns), 'sm:h-12')}>
                <Skeleton
                  className={cx(
                    'my-0.5 h-4 max-w-full',
                    widths[(row + index) % widths.length],
                    column.isEnd && 'ml-auto',
                  )}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
