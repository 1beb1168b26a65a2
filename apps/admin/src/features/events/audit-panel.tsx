'use client'

import { Panel } from '@souk/ui/admin-page'
import { type Column, DataTable, TableSkeleton } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import { Loading } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'
import { countText, numberText, timeText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { type Invariant, invariantsOf } from './invariants.ts'

const columns: readonly Column<Invariant>[] = [
  {
    key: 'title',
    header: 'Holds always',
    isName: true,
    cell: ({ id, title }) => (
      <>
        <span className="figures font-mono text-ink-soft">{id}</span> {title}
      </>
    ),
  },
  {
    key: 'state',
    header: 'State',
    phone: 'aside',
    cell: ({ offences, unread }) => {
      if (offences.length > 0) return <Status tone="danger">Broken</Status>
      if (unread.length > 0) return <Status tone="warning">Not read</Status>
      return <Status tone="positive">Holds</Status>
    },
  },
  { key: 'looked', header: 'Rows looked at', isEnd: true, cell: ({ looked }) => numberText(looked) },
  {
    key: 'offences',
    header: 'What breaks it',
    cell: ({ offences, unread }) => (
      <>
        {offences.length > 0 && (
          <ul className="flex flex-col gap-1 text-dense">
            {offences.map(({ service, what, row }) => (
              <li key={`${service}${JSON.stringify(row)}`}>
                {what}, in {service}: <code className="break-all">{JSON.stringify(row)}</code>
              </li>
            ))}
          </ul>
        )}
        {unread.length > 0 && (
          <span className="text-ink-soft">Took too long in {unread.join(', ')}. Run npm run audit.</span>
        )}
        {offences.length === 0 && unread.length === 0 && <span className="text-ink-soft">Nothing</span>}
      </>
    ),
  },
]

/** What must always hold, looked up in every service's database when somebody asks. */
export function AuditPanel() {
  const api = useApi()
  const audit = useQuery({
    ...api.admin.events.audit.queryOptions(),
    enabled: false,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const silent = audit.data?.services.filter(({ checks }) => checks === null) ?? []
  const invariants = audit.data ? invariantsOf(audit.data) : []
  const broken = invariants.filter(({ offences }) => offences.length > 0).length
  return (
    <Panel
      title="Audit"
      isFlush
      aside={
        <Button
          variant="secondary"
          size="small"
          isLoading={audit.isFetching}
          onClick={() => void audit.refetch()}
        >
          Run the audit
        </Button>
      }
    >
      <p role="status" className="border-line border-b px-4 py-3 text-ink-soft text-sm">
        {audit.data
          ? `Run at ${timeText(audit.data.at)}: ${broken === 0 ? 'nothing is broken' : `${countText(broken, 'invariant is', 'invariants are')} broken`}.`
          : 'Reads every service’s own database and changes nothing.'}{' '}
        Sums across databases, such as an order against its payment, are compared by npm run audit.
      </p>
      {silent.length > 0 && (
        <p role="alert" className="border-line border-b px-4 py-3 text-sm text-warning">
          Not all could be asked: {silent.map(({ service }) => service).join(', ')} did not answer.
        </p>
      )}
      {audit.error && (
        <ProblemNotice
          title="The audit could not be run"
          error={audit.error}
          onRetry={() => void audit.refetch()}
        />
      )}
      {audit.isFetching && !audit.data && (
        <Loading label="Running the audit">
          <TableSkeleton columns={columns} rows={6} />
        </Loading>
      )}
      {audit.data && (
        <DataTable
          caption="Invariants"
          columns={columns}
          rows={invariants}
          rowKey={(invariant) => invariant.id}
        />
      )}
    </Panel>
  )
}
