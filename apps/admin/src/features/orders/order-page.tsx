'use client'

import { readSoukError } from '@souk/api/client-error'
import type { Order } from '@souk/order/contract'
import { PageHeader } from '@souk/ui/admin-page'
import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { OrderStatusMark } from '../../frame/order-status.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { ActionsPanel } from './actions-panel.tsx'
import { CustomerPanel } from './customer-panel.tsx'
import { DocumentsPanel } from './documents-panel.tsx'
import { EditsPanel } from './edits-panel.tsx'
import { FollowUpsPanel } from './follow-ups-panel.tsx'
import { ItemsPanel } from './items-panel.tsx'
import { OrderSkeleton } from './order-skeleton.tsx'
import { ParcelsPanel } from './parcels-panel.tsx'
import { PaymentPanel } from './payment-panel.tsx'
import { ReturnsPanel } from './returns-panel.tsx'
import { TimelinePanel } from './timeline-panel.tsx'
import { useOrderLive } from './use-order-live.ts'

/** Beside the stream, for the case that a proxy on the way swallows it. */
const refreshMs = 30_000

export function OrderPage({ id }: { id: string }) {
  const api = useApi()
  useOrderLive(id)
  const order = useQuery({ ...api.admin.order.get.queryOptions({ id }), refetchInterval: refreshMs })
  if (order.data) return <OrderView order={order.data} />
  if (!order.error) return <OrderSkeleton />
  if (['NOT_FOUND', 'INVALID_INPUT'].includes(readSoukError(order.error).code)) return <NoSuchOrder />
  return (
    <ProblemNotice
      title="The order could not be loaded"
      error={order.error}
      onRetry={() => void order.refetch()}
    />
  )
}

function OrderView({ order }: { order: Order }) {
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.orders()}>Orders</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span>Order {order.number}</span>
            {/* Announced when it changes under the reader. */}
            <span role="status" className="text-base">
              <OrderStatusMark status={order.status} />
            </span>
          </span>
        }
        description={
          <>
            Placed <DateTime value={order.createdAt} />
            {order.reason && <> · {order.reason}</>}
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
        {/* First in the page, because on a phone it is first in sight as well. */}
        <div className="flex flex-col gap-4 lg:order-2">
          <ActionsPanel order={order} />
          <CustomerPanel order={order} />
          <DocumentsPanel order={order} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <ItemsPanel order={order} />
          <ParcelsPanel order={order} />
          <EditsPanel order={order} />
          <FollowUpsPanel order={order} />
          <ReturnsPanel order={order} />
          <PaymentPanel order={order} />
          <TimelinePanel order={order} />
        </div>
      </div>
    </>
  )
}

function NoSuchOrder() {
  return (
    <EmptyState
      title="There is no such order"
      headingLevel="h1"
      actions={
        <LinkButton component={Link} href={paths.orders()} size="small">
          All orders
        </LinkButton>
      }
    >
      <p>The address may be mistyped. Look for the order by its number or by the customer.</p>
    </EmptyState>
  )
}
