'use client'

import { PageHeader, Panel } from '@souk/ui/admin-page'
import { DataTable, TableSkeleton } from '@souk/ui/admin-table'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { Loading } from '@souk/ui/skeleton'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'
import { timeText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { auditSentence } from './audit-words.ts'
import { checkColumns } from './check-columns.tsx'

const whileRunningMs = 1000
const refreshMs = 15_000

/** What must hold always, as the audit process found it across every database. */
export function AuditPage() {
  const api = useApi()
  const queries = useQueryClient()
  const audit = useQuery({
    ...api.admin.invariants.latest.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.running ? whileRunningMs : refreshMs),
    retry: false,
  })
  const run = useMutation(
    api.admin.invariants.run.mutationOptions({
      onSuccess: (state) => queries.setQueryData(api.admin.invariants.latest.queryKey(), state),
    }),
  )
  const { latest = null, running = null, problem = null } = audit.data ?? {}
  const error = run.error ?? audit.error
  const again = () => {
    run.reset()
    void audit.refetch()
  }
  return (
    <>
      <PageHeader
        title="Audit"
        description="What must hold always, read from every database and from Redis. It changes nothing."
        actions={
          <Button size="small" isLoading={run.isPending || running !== null} onClick={() => run.mutate({})}>
            Run now
          </Button>
        }
      />
      <div className="flex flex-col gap-4">
        {error && (
          <div className="flex flex-col gap-2">
            <ProblemNotice title="The audit process does not answer" error={error} onRetry={again} />
            <p className="text-ink-soft text-sm">
              {latest
                ? `Below is what it found until ${timeText(latest.finishedAt)}.`
                : 'The shop works without it.'}{' '}
              npm run audit checks the same without this process.
            </p>
          </div>
        )}
        {problem !== null && (
          <Alert tone="error" title="The last run failed">
            {problem}
          </Alert>
        )}
        {audit.data && (
          <Panel title="Invariants" isFlush>
            <p role="status" className="border-line border-b px-4 py-3 text-ink-soft text-sm">
              {auditSentence(audit.data, timeText)}
            </p>
            {running && (
              <progress
                aria-label="Checks done"
                className="block h-1 w-full accent-accent"
                max={running.of}
                value={running.done}
              />
            )}
            {latest && (
              <DataTable
                caption="Invariants"
                columns={checkColumns}
                rows={latest.checks}
                rowKey={({ id }) => id}
                isStale={running !== null}
              />
            )}
          </Panel>
        )}
        {audit.isPending && (
          <Loading label="Loading the audit">
            <Panel title="Invariants" isFlush>
              <TableSkeleton columns={checkColumns} rows={12} />
            </Panel>
          </Loading>
        )}
      </div>
    </>
  )
}
