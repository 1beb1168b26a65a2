'use client'

import type { AppRouter } from '@souk/api/client'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { Disclosure } from '../../frame/disclosure.tsx'
import { minorText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'

type Entry = inferRouterOutputs<AppRouter>['admin']['payment']['journal']['items'][number]

/** The double entry behind the figures: both columns of each entry add up to the same. */
export function PaymentJournal({ paymentId }: { paymentId: string }) {
  return (
    <Disclosure label="Journal">
      <Entries paymentId={paymentId} />
    </Disclosure>
  )
}

function Entries({ paymentId }: { paymentId: string }) {
  const api = useApi()
  const journal = useQuery(api.admin.payment.journal.queryOptions({ id: paymentId }))
  if (journal.data) {
    if (journal.data.items.length === 0) {
      return <p className="text-ink-soft text-sm">Nothing is booked until money moves.</p>
    }
    return (
      <div className="flex flex-col gap-4">
        {journal.data.items.map((entry) => (
          <EntryTable key={entry.id} entry={entry} />
        ))}
      </div>
    )
  }
  if (journal.error) {
    return (
      <ProblemNotice
        title="The journal could not be loaded"
        error={journal.error}
        onRetry={() => void journal.refetch()}
      />
    )
  }
  return (
    <Loading label="Loading the journal">
      <Skeleton className="h-16" />
    </Loading>
  )
}

function EntryTable({ entry }: { entry: Entry }) {
  const figure = (minor: number) => (minor === 0 ? '' : minorText(minor))
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="pb-1 text-left">
        <span className="font-medium">{entry.kind.replaceAll('_', ' ')}</span>{' '}
        <DateTime value={entry.createdAt} className="text-dense text-ink-soft" />
      </caption>
      <thead className="text-dense text-ink-soft">
        <tr className="border-line border-b">
          <th scope="col" className="py-1 text-left font-normal">
            Account
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            Debit
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            Credit
          </th>
        </tr>
      </thead>
      <tbody>
        {entry.postings.map((posting) => (
          <tr
            key={`${posting.account}${posting.debitMinor}${posting.creditMinor}`}
            className="border-line border-b"
          >
            <th scope="row" className="py-1 text-left font-normal">
              {posting.account}
            </th>
            <td className="py-1 text-right">{figure(posting.debitMinor)}</td>
            <td className="py-1 text-right">{figure(posting.creditMinor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
