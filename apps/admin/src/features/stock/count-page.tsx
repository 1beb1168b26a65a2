'use client'

import type { StockCount } from '@souk/inventory/contract'
import { ConfirmDialog } from '@souk/ui/admin-confirm'
import { PageHeader, Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { countText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { CountLines } from './count-lines.tsx'
import { CountStatus } from './counts-page.tsx'
import { GoodsEntry } from './goods-entry.tsx'
import { useStockRefresh } from './use-stock-writes.ts'

export function CountPage({ id }: { id: string }) {
  const api = useApi()
  const count = useQuery(api.admin.count.get.queryOptions({ id }))
  if (count.data) return <CountView count={count.data} />
  if (count.error) {
    return (
      <ProblemNotice
        title="The count could not be loaded"
        error={count.error}
        onRetry={() => void count.refetch()}
      />
    )
  }
  return (
    <Loading label="Loading the count" className="flex flex-col gap-4">
      <Skeleton className="h-16" />
      <Skeleton className="h-40" />
    </Loading>
  )
}

function CountView({ count }: { count: StockCount }) {
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.counts()}>Counts</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span>Count of {count.location.name}</span>
            <span role="status" className="text-base">
              <CountStatus status={count.status} />
            </span>
          </span>
        }
        description={
          <>
            Begun <DateTime value={count.createdAt} />
            {count.closedAt && (
              <>
                {' · '}closed <DateTime value={count.closedAt} />
              </>
            )}
          </>
        }
      />
      {count.status === 'open' && <CountEntry count={count} />}
      <Panel title="Counted" isFlush>
        <CountLines lines={count.lines} />
      </Panel>
    </>
  )
}

/** Each figure is kept as soon as it is entered, so that a closed lid loses nothing. */
function CountEntry({ count }: { count: StockCount }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const refresh = useStockRefresh()
  const [isPosting, setIsPosting] = useState(false)
  const show = (after: StockCount) =>
    queries.setQueryData(api.admin.count.get.queryKey({ id: after.id }), after)
  const enter = useMutation(api.admin.count.enter.mutationOptions({ onSuccess: show }))
  const post = useMutation(
    api.admin.count.post.mutationOptions({
      onSuccess: (after) => {
        show(after)
        toast({ text: `The books say what lies in ${after.location.name}.` })
      },
      onSettled: () => {
        setIsPosting(false)
        refresh()
      },
    }),
  )
  const cancel = useMutation(api.admin.count.cancel.mutationOptions({ onSuccess: show, onSettled: refresh }))
  const error = enter.error ?? post.error ?? cancel.error
  const differing = count.lines.filter(({ counted, expected }) => counted !== expected).length
  return (
    <Panel title="Enter what lies there" className="mb-4">
      <div className="flex flex-col gap-4">
        {error && <ProblemNotice title="That was not kept" error={error} />}
        <GoodsEntry
          quantityLabel="Counted"
          min={0}
          addLabel="Enter"
          isSending={enter.isPending}
          onEnter={(level, counted) => enter.mutate({ id: count.id, lines: [{ sku: level.sku, counted }] })}
        />
        <p className="text-ink-soft text-sm">
          Enter takes a figure over. What is sold after it was entered does not spoil it; a SKU entered again
          counts anew.
        </p>
        <div className="flex flex-wrap justify-end gap-3">
          <Button
            variant="secondary"
            size="small"
            isLoading={cancel.isPending}
            onClick={() => cancel.mutate({ id: count.id })}
          >
            Give up
          </Button>
          <Button
            size="small"
            {...(count.lines.length === 0 ? { disabledReason: 'Nothing was counted yet.' } : {})}
            onClick={() => setIsPosting(true)}
          >
            Post the count
          </Button>
        </div>
      </div>
      <ConfirmDialog
        isOpen={isPosting}
        onOpenChange={setIsPosting}
        title={`Post the count of ${count.location.name}?`}
        confirmLabel="Post it"
        keepLabel="Go on counting"
        isDanger={false}
        isLoading={post.isPending}
        onConfirm={() => post.mutate({ id: count.id })}
      >
        <p>
          {countText(count.lines.length, 'SKU was', 'SKUs were')} counted,{' '}
          {differing === 0 ? 'none differs' : countText(differing, 'differs', 'differ')}. The differences are
          written to the ledger.
        </p>
      </ConfirmDialog>
    </Panel>
  )
}
