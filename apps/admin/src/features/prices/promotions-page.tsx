'use client'

import type { StaffPromotion } from '@souk/order/contract'
import { PageHeader } from '@souk/ui/admin-page'
import type { Column } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { useToast } from '@souk/ui/toast'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { BadgePercent } from 'lucide-react'
import Link from 'next/link'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { numberText } from '../../frame/format.ts'
import { ListView } from '../../frame/list-view.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { SearchBox } from '../../frame/search-box.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { PriceChanges } from './price-changes.tsx'
import { offerText, stateWords } from './promotion-words.ts'

const Filters = z.object({ q: z.string().max(120) })

export function PromotionsPage() {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const { params } = useUrlQuery()
  const promotions = useQuery({
    ...api.admin.promotion.list.queryOptions({
      ...readQuery(Filters, params),
      cursor: readTrail(params).cursor,
    }),
    placeholderData: keepPreviousData,
  })
  const pause = useMutation(
    api.admin.promotion.pause.mutationOptions({
      onSuccess: (after: StaffPromotion) =>
        toast({ text: `${after.name} is ${after.isActive ? 'running again' : 'paused'}` }),
      onSettled: () => {
        void queries.invalidateQueries(api.admin.promotion.pathFilter())
        void queries.invalidateQueries(api.admin.pricing.pathFilter())
      },
    }),
  )
  const columns = columnsFor(
    (promotion) => pause.mutate({ id: promotion.id, isActive: !promotion.isActive }),
    pause.isPending ? pause.variables.id : undefined,
  )
  return (
    <>
      <PageHeader
        title="Promotions"
        description="Codes, and offers that apply by themselves."
        actions={
          <LinkButton component={Link} href={paths.newPromotion()} size="small">
            New promotion
          </LinkButton>
        }
      />
      <div className="flex flex-wrap gap-3 pb-4">
        <SearchBox label="Search promotions" placeholder="Name or code" />
      </div>
      {pause.error && <ProblemNotice title="That was not changed" error={pause.error} className="mb-4" />}
      <ListView
        query={promotions}
        label="promotions"
        columns={columns}
        rowKey={(promotion) => promotion.id}
        empty={
          <EmptyState icon={BadgePercent} title="No promotion matches">
            <p>A promotion appears here when it is made.</p>
          </EmptyState>
        }
      />
      <PriceChanges />
    </>
  )
}

function columnsFor(
  onPause: (promotion: StaffPromotion) => void,
  busyId: string | undefined,
): readonly Column<StaffPromotion>[] {
  return [
    {
      key: 'name',
      header: 'Name',
      isName: true,
      cell: (promotion) => (
        <>
          <Link href={paths.promotion(promotion.id)} className="hover:underline">
            {promotion.name}
          </Link>
          <span className="block font-normal text-dense text-ink-soft">{promotion.code ?? 'By itself'}</span>
        </>
      ),
    },
    { key: 'offer', header: 'Offer', phone: 'wide', cell: offerText },
    {
      key: 'state',
      header: 'State',
      phone: 'aside',
      cell: ({ state }) => <Status tone={stateWords[state].tone}>{stateWords[state].label}</Status>,
    },
    {
      key: 'uses',
      header: 'Uses',
      phone: 'start',
      isEnd: true,
      cell: ({ uses, usageLimit }) => (
        <>
          {usageLimit === null ? numberText(uses) : `${numberText(uses)} of ${numberText(usageLimit)}`}
          <span className="sm:hidden"> used</span>
        </>
      ),
    },
    {
      key: 'actions',
      header: 'Actions',
      phone: 'end',
      isEnd: true,
      cell: (promotion) => (
        <span className="flex justify-end gap-2">
          <Button
            variant="quiet"
            size="small"
            isLoading={busyId === promotion.id}
            onClick={() => onPause(promotion)}
          >
            {promotion.isActive ? 'Pause' : 'Resume'}
            <span className="sr-only"> {promotion.name}</span>
          </Button>
          <LinkButton
            component={Link}
            href={paths.newPromotion({ copy: promotion.id })}
            variant="quiet"
            size="small"
          >
            Copy<span className="sr-only"> {promotion.name}</span>
          </LinkButton>
        </span>
      ),
    },
  ]
}
