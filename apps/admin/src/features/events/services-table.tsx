'use client'

import type { EventsOverview } from '@souk/api/contract'
import { Panel } from '@souk/ui/admin-page'
import { type Column, DataTable } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { countText, numberText } from '../../frame/format.ts'
import { ageText, healthOf } from './service-health.ts'

type Row = EventsOverview['services'][number]
const none = <span className="text-ink-soft">not known</span>

const columns: readonly Column<Row>[] = [
  {
    key: 'service',
    header: 'Service',
    isName: true,
    cell: (row) => <span className="font-medium">{row.service}</span>,
  },
  {
    key: 'health',
    header: 'State',
    phone: 'aside',
    cell: (row) => {
      const { label, tone } = healthOf(row.overview)
      return <Status tone={tone}>{label}</Status>
    },
  },
  {
    key: 'outbox',
    header: 'Waiting to be told',
    isEnd: true,
    cell: ({ overview }) => {
      if (!overview) return none
      return overview.outboxWaiting === 0
        ? numberText(0)
        : `${numberText(overview.outboxWaiting)}, the oldest for ${ageText(overview.oldestWaitingSeconds)}`
    },
  },
  {
    key: 'groups',
    header: 'Listens to',
    cell: ({ overview }) => {
      if (!overview) return none
      if (overview.groups.length === 0) return <span className="text-ink-soft">nobody</span>
      return (
        <ul className="text-dense">
          {overview.groups.map((group) => (
            <li key={group.stream}>
              <span className="font-mono">{group.stream.replace('events:', '')}</span>
              <span className="figures text-ink-soft">
                {' '}
                {numberText(group.lag)} to hear, {numberText(group.pending)} in hand
              </span>
            </li>
          ))}
        </ul>
      )
    },
  },
  {
    key: 'dead',
    header: 'Dead letters',
    isEnd: true,
    cell: ({ overview }) => (overview ? numberText(overview.deadLetters) : none),
  },
]

export function ServicesTable({ services }: { services: EventsOverview['services'] }) {
  const silent = services.filter((row) => row.overview === null).length
  return (
    <Panel
      title="Services"
      isFlush
      aside={
        silent > 0 && (
          <span role="status" className="text-danger text-sm">
            {countText(silent, 'service does', 'services do')} not answer
          </span>
        )
      }
    >
      <DataTable
        caption="Services and their events"
        columns={columns}
        rows={services}
        rowKey={(row) => row.service}
      />
    </Panel>
  )
}
