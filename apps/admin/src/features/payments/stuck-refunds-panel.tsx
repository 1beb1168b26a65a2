'use client'

import { newId } from '@souk/kernel/id'
import type { StuckRefund } from '@souk/payment/contract'
import { Panel } from '@souk/ui/admin-page'
import { type Column, DataTable, TableSkeleton } from '@souk/ui/admin-table'
import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { Loading } from '@souk/ui/skeleton'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import Link from 'next/link'
import { useMemo } from 'react'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'

function stuckColumns(
  onRetry: (stuck: StuckRefund) => void,
  busy: string | undefined,
): readonly Column<StuckRefund>[] {
  return [
    {
      key: 'order',
      header: 'Order',
      isName: true,
      cell: ({ orderId }) => (
        <Link href={paths.order(orderId)} className="link">
          Open the order
        </Link>
      ),
    },
    { key: 'left', header: 'To give back', isEnd: true, cell: ({ left }) => moneyText(left) },
    { key: 'why', header: 'Why', phone: 'wide', className: 'sm:max-w-80', cell: ({ reason }) => reason },
    {
      key: 'refusal',
      header: 'Provider',
      phone: 'wide',
      cell: ({ refusal, tries }) => `${refusal ?? 'Refused'} (${tries} times)`,
    },
    { key: 'tried', header: 'Last tried', from: 'lg', cell: ({ triedAt }) => <DateTime value={triedAt} /> },
    {
      key: 'retry',
      header: 'Actions',
      phone: 'end',
      isEnd: true,
      cell: (stuck) => (
        <Button
          variant="secondary"
          size="small"
          aria-label={`Refund ${moneyText(stuck.left)} again`}
          isLoading={busy === stuck.paymentId}
          onClick={() => onRetry(stuck)}
        >
          Try again
        </Button>
      ),
    },
  ]
}

/** Money of orders that are over, which a provider keeps refusing to give back. */
export function StuckRefundsPanel() {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const stuck = useQuery({ ...api.admin.payment.stuckRefunds.queryOptions(), refetchInterval: 15_000 })
  const retry = useMutation(
    api.admin.payment.refund.mutationOptions({
      onSuccess: ({ status, amount }) =>
        toast({
          text:
            status === 'failed'
              ? 'The provider refused again'
              : `${moneyText(amount)} ${status === 'succeeded' ? 'refunded' : 'on its way back'}`,
        }),
      onSettled: () => void queries.invalidateQueries(api.admin.payment.pathFilter()),
    }),
  )
  const { mutate } = retry
  const busy = retry.isPending ? retry.variables.paymentId : undefined
  const columns = useMemo(
    () =>
      stuckColumns(({ paymentId, reason }) => {
        mutate({ id: newId(), paymentId, reason: `Tried again by hand: ${reason}`.slice(0, 300) })
      }, busy),
    [mutate, busy],
  )
  return (
    <Panel title="Refunds that were refused" isFlush>
      {retry.error && <ProblemNotice title="It was not refunded" error={retry.error} />}
      {stuck.data && stuck.data.items.length > 0 && (
        <DataTable
          caption="Refunds that were refused"
          columns={columns}
          rows={stuck.data.items}
          rowKey={({ paymentId }) => paymentId}
        />
      )}
      {stuck.data?.items.length === 0 && (
        <EmptyState icon={CircleCheck} title="No refused refunds" headingLevel="h3" className="px-4">
          <p>Money of cancelled orders goes back by itself. What a provider refuses five times waits here.</p>
        </EmptyState>
      )}
      {stuck.error && (
        <ProblemNotice
          title="The refused refunds could not be loaded"
          error={stuck.error}
          onRetry={() => void stuck.refetch()}
        />
      )}
      {stuck.isPending && (
        <Loading label="Loading refused refunds">
          <TableSkeleton columns={columns} rows={2} />
        </Loading>
      )}
    </Panel>
  )
}
