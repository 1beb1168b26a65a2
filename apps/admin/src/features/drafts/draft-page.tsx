'use client'

import { readSoukError } from '@souk/api/client-error'
import { newId } from '@souk/kernel/id'
import type { Draft } from '@souk/order/contract'
import { PageHeader, Panel } from '@souk/ui/admin-page'
import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { DraftActions } from './draft-actions.tsx'
import { DraftEditor } from './draft-editor.tsx'
import { DraftStateMark } from './draft-state.tsx'
import { emptyDraft, valuesOf } from './draft-values.ts'

export function NewDraftPage() {
  const router = useRouter()
  // One id for this form: a second press after a lost answer finds the same draft.
  const [id] = useState(newId)
  return (
    <>
      <PageHeader above={<BackLink href={paths.drafts()}>Draft orders</BackLink>} title="New draft order" />
      <DraftEditor
        draft={{ id, version: 0 }}
        initial={emptyDraft}
        onDirty={() => {}}
        onSaved={(draft) => router.replace(paths.draft(draft.id))}
      />
    </>
  )
}

export function DraftPage({ id }: { id: string }) {
  const api = useApi()
  const draft = useQuery({ ...api.admin.draft.get.queryOptions({ id }), refetchInterval: 15_000 })
  if (draft.data) return <DraftView draft={draft.data} />
  if (!draft.error) {
    return (
      <Loading label="Loading the draft" className="flex flex-col gap-3">
        <Skeleton className="h-7 w-60" />
        <Skeleton className="h-64" />
      </Loading>
    )
  }
  if (['NOT_FOUND', 'INVALID_INPUT'].includes(readSoukError(draft.error).code)) {
    return (
      <EmptyState title="There is no such draft" headingLevel="h1">
        <Link href={paths.drafts()} className="link">
          All drafts
        </Link>
      </EmptyState>
    )
  }
  return (
    <ProblemNotice
      title="The draft could not be loaded"
      error={draft.error}
      onRetry={() => void draft.refetch()}
    />
  )
}

function DraftView({ draft }: { draft: Draft }) {
  const [isDirty, setIsDirty] = useState(false)
  const isOver = draft.state === 'ordered' || draft.state === 'discarded'
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.drafts()}>Draft orders</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span>Draft {draft.number}</span>
            <span role="status" className="text-base">
              <DraftStateMark state={draft.state} />
            </span>
          </span>
        }
        actions={
          draft.orderId && (
            <LinkButton component={Link} href={paths.order(draft.orderId)} size="small">
              To the order
            </LinkButton>
          )
        }
      />
      {isOver ? (
        <ClosedDraft draft={draft} />
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
          <DraftEditor
            draft={draft}
            initial={valuesOf(draft)}
            onDirty={() => setIsDirty(true)}
            onSaved={() => setIsDirty(false)}
          />
          <div className="flex flex-col gap-4">
            <DraftActions draft={draft} isDirty={isDirty} />
          </div>
        </div>
      )}
    </>
  )
}

/** What it was, once nothing can be changed any more. */
function ClosedDraft({ draft }: { draft: Draft }) {
  return (
    <Panel title="Products">
      <ul className="divide-y divide-line text-sm">
        {draft.lines.map((line) => (
          <li key={line.sku} className="flex justify-between gap-4 py-2">
            <span>
              {line.quantity} × {line.name}
              <span className="block text-dense text-ink-soft">
                {line.optionsLabel} · {line.sku}
                {line.isCustomPrice && ' · price set by staff'}
              </span>
            </span>
            <span className="figures">{moneyText(line.total)}</span>
          </li>
        ))}
      </ul>
      <p className="figures mt-3 flex justify-between font-medium text-sm">
        <span>Total</span>
        <span>{moneyText(draft.totals.total)}</span>
      </p>
    </Panel>
  )
}
