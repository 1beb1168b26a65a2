'use client'

import { readSoukError } from '@souk/api/client-error'
import type { CreditWithEntries } from '@souk/payment/contract'
import { PageHeader } from '@souk/ui/admin-page'
import { DataTable } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { EmptyState } from '@souk/ui/empty-state'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { entryColumns } from './credit-columns.tsx'
import { creditName, creditStates } from './credit-words.ts'
import { DisableCard } from './disable-card.tsx'

export function GiftCardPage({ id }: { id: string }) {
  const api = useApi()
  const credit = useQuery(api.admin.credit.get.queryOptions({ id }))
  if (credit.data) return <CreditView credit={credit.data} />
  if (!credit.error) {
    return (
      <Loading label="Loading the gift card" className="flex flex-col gap-3">
        <Skeleton className="h-7 w-80 max-w-full" />
        <Skeleton className="mt-4 h-40" />
      </Loading>
    )
  }
  if (['NOT_FOUND', 'INVALID_INPUT'].includes(readSoukError(credit.error).code)) {
    return (
      <EmptyState title="There is no such gift card" headingLevel="h1">
        <Link href={paths.giftCards()} className="link">
          All gift cards
        </Link>
      </EmptyState>
    )
  }
  return (
    <ProblemNotice
      title="The gift card could not be loaded"
      error={credit.error}
      onRetry={() => void credit.refetch()}
    />
  )
}

function CreditView({ credit }: { credit: CreditWithEntries }) {
  const state = creditStates[credit.status]
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.giftCards()}>Gift cards</BackLink>}
        title={creditName(credit)}
        description={
          <span className="flex flex-wrap gap-x-4 gap-y-1">
            <span>
              <span className="figures">{moneyText(credit.balance)}</span> on it
            </span>
            {credit.held.amount > 0 && (
              <span>
                <span className="figures">{moneyText(credit.held)}</span> held by orders
              </span>
            )}
            {credit.expiresAt && <span>Until {credit.expiresAt.slice(0, 10)}</span>}
            {credit.recipientEmail && <span className="break-all">For {credit.recipientEmail}</span>}
            {credit.note && <span>{credit.note}</span>}
            <Status tone={state.tone}>{state.label}</Status>
          </span>
        }
        actions={credit.kind === 'gift_card' && <DisableCard credit={credit} />}
      />
      <h2 className="pb-3 font-medium">Ledger</h2>
      <div className="rounded-control border border-line bg-raised">
        <DataTable
          caption="Ledger"
          columns={entryColumns}
          rows={credit.entries}
          rowKey={(entry) => entry.id}
          isStale={false}
        />
      </div>
    </>
  )
}
