'use client'

import { readSoukError } from '@souk/api/client-error'
import type { ReturnDetail } from '@souk/order/contract'
import { PageHeader, Panel } from '@souk/ui/admin-page'
import { Alert } from '@souk/ui/alert'
import { DataList } from '@souk/ui/data-list'
import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText } from '../../frame/format.ts'
import { Picture } from '../../frame/picture.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { ReturnStatusMark, returnReasonWords } from '../../frame/return-status.tsx'
import { paths } from '../../paths.ts'
import { ExchangePanel } from './exchange-panel.tsx'
import { ReturnActions } from './return-actions.tsx'

/** Short while money is under way, so that its arrival is seen. */
const refreshMs = { refunding: 1500, other: 15_000 }

export function ReturnPage({ id }: { id: string }) {
  const api = useApi()
  const found = useQuery({
    ...api.admin.return.get.queryOptions({ id }),
    refetchInterval: (query) =>
      query.state.data?.status === 'refunding' || query.state.data?.exchange?.state === 'started'
        ? refreshMs.refunding
        : refreshMs.other,
  })
  if (found.data) return <ReturnView detail={found.data} />
  if (!found.error) {
    return (
      <Loading label="Loading the return">
        <Skeleton className="h-10 w-64" />
        <Skeleton className="mt-6 h-64 w-full" />
      </Loading>
    )
  }
  if (['NOT_FOUND', 'INVALID_INPUT'].includes(readSoukError(found.error).code)) return <NoSuchReturn />
  return (
    <ProblemNotice
      title="The return could not be loaded"
      error={found.error}
      onRetry={() => void found.refetch()}
    />
  )
}

function ReturnView({ detail }: { detail: ReturnDetail }) {
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.returns()}>Returns</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span>Return {detail.number}</span>
            <span role="status" className="text-base">
              <ReturnStatusMark status={detail.status} />
            </span>
          </span>
        }
        description={
          <>
            Asked for <DateTime value={detail.createdAt} /> by{' '}
            {detail.requestedBy === 'staff' ? 'staff' : detail.customerName}
          </>
        }
      />
      {detail.refundProblem && (
        <Alert tone="error" title="The last refund was refused" className="mb-4">
          <p className="text-sm">{detail.refundProblem}</p>
        </Alert>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="flex flex-col gap-4 lg:order-2">
          <ReturnActions detail={detail} />
          {detail.exchange && <ExchangePanel exchange={detail.exchange} />}
          <Facts detail={detail} />
        </div>
        <Lines detail={detail} />
      </div>
    </>
  )
}

function Lines({ detail }: { detail: ReturnDetail }) {
  return (
    <Panel title="Goods" isFlush>
      <ul className="divide-y divide-line">
        {detail.lines.map((line) => (
          <li key={line.sku} className="flex gap-4 px-4 py-3 text-sm">
            <Picture url={line.imageUrl} alt="" className="size-14" />
            <div className="min-w-0 flex-1">
              <p className="font-medium">{line.name}</p>
              {line.optionsLabel && <p className="text-ink-soft">{line.optionsLabel}</p>}
              <p className="font-mono text-dense text-ink-soft">{line.sku}</p>
              {line.exchangeFor && (
                <p>In exchange for {line.exchangeFor.optionsLabel || line.exchangeFor.name}</p>
              )}
            </div>
            <div className="figures text-right">
              <p>
                {line.quantity} × {moneyText(line.unitPrice)}
              </p>
              {line.restockedQuantity > 0 && (
                <p className="text-dense text-ink-soft">{line.restockedQuantity} back on sale</p>
              )}
              {line.writtenOffQuantity > 0 && (
                <p className="text-dense text-ink-soft">{line.writtenOffQuantity} written off</p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Facts({ detail }: { detail: ReturnDetail }) {
  const { proposal } = detail
  return (
    <Panel title="About this return">
      <DataList
        items={[
          {
            term: 'Order',
            detail: (
              <Link href={paths.order(detail.orderId)} className="link">
                {detail.orderNumber}
              </Link>
            ),
          },
          { term: 'Customer', detail: `${detail.customerName}, ${detail.email}` },
          { term: 'Reason', detail: returnReasonWords[detail.reason] },
          ...(detail.note ? [{ term: 'In their words', detail: detail.note }] : []),
          ...(detail.answer ? [{ term: 'Our answer', detail: detail.answer }] : []),
          { term: 'Paid for these goods', detail: moneyText(proposal.goods) },
          ...(detail.refund ? [{ term: 'Refund', detail: moneyText(detail.refund) }] : []),
        ]}
      />
    </Panel>
  )
}

function NoSuchReturn() {
  return (
    <EmptyState
      title="There is no such return"
      headingLevel="h1"
      actions={
        <LinkButton component={Link} href={paths.returns()} size="small">
          All returns
        </LinkButton>
      }
    >
      <p>The address may be mistyped. Look for the return by its number or by the customer.</p>
    </EmptyState>
  )
}
