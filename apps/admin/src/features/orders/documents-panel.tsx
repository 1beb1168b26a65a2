'use client'

import type { Order } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'

const names = { invoice: 'Invoice', credit_note: 'Credit note' } as const
/** A document follows what it is about by a moment. */
const refreshMs = { whileNone: 2000, later: 15_000 }

/** The invoices and credit notes of the order, as PDF. */
export function DocumentsPanel({ order }: { order: Order }) {
  const api = useApi()
  const isSold = !['pending', 'awaiting_payment', 'failed'].includes(order.status)
  const documents = useQuery({
    ...api.order.documents.queryOptions({ id: order.id }, { enabled: isSold }),
    refetchInterval: (query) => (query.state.data?.items.length ? refreshMs.later : refreshMs.whileNone),
  })
  if (!isSold) return null
  return (
    <Panel title="Invoices">
      {documents.error && !documents.data && (
        <ProblemNotice
          title="The invoices could not be loaded"
          error={documents.error}
          onRetry={() => void documents.refetch()}
        />
      )}
      {documents.data?.items.length === 0 && (
        <p className="text-ink-soft text-sm">The invoice is being issued.</p>
      )}
      <ul className="flex flex-col gap-3 text-sm">
        {documents.data?.items.map((document) => (
          <li key={document.id} className="flex justify-between gap-4">
            <span>
              <a href={paths.invoice(document.id)} download className="link">
                {names[document.kind]} <span className="tabular-nums">{document.number}</span>
                <span className="sr-only"> as PDF</span>
              </a>
              <span className="block text-dense text-ink-soft">
                <DateTime value={document.issuedAt} />
                {document.invoiceNumber && <> · for {document.invoiceNumber}</>}
              </span>
            </span>
            <span className="tabular-nums">{moneyText(document.total)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
