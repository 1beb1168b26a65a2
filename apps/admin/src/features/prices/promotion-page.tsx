'use client'

import { readSoukError } from '@souk/api/client-error'
import { PageHeader } from '@souk/ui/admin-page'
import { EmptyState } from '@souk/ui/empty-state'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { TicketPercent } from 'lucide-react'
import Link from 'next/link'
import { useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { PromotionForm } from './promotion-form.tsx'
import { emptyValues, valuesOf } from './promotion-values.ts'

/** One promotion; with `isCopy` a new one that begins like it. */
export function PromotionPage({ id, isCopy = false }: { id: string; isCopy?: boolean }) {
  const api = useApi()
  // What is edited must not change under the hands of whoever types.
  const promotion = useQuery({
    ...api.admin.promotion.get.queryOptions({ id }),
    staleTime: Infinity,
    gcTime: 0,
  })
  const { data } = promotion
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.promotions()}>Promotions</BackLink>}
        title={isCopy ? 'New promotion' : (data?.name ?? 'Promotion')}
        description={
          isCopy ? 'A copy; give it a code of its own.' : 'Orders that were placed keep what they got.'
        }
      />
      {data ? (
        <PromotionForm
          promotion={isCopy ? undefined : data}
          initial={isCopy ? { ...valuesOf(data), code: '', name: `${data.name} (copy)` } : valuesOf(data)}
        />
      ) : isMissing(promotion.error) ? (
        <EmptyState icon={TicketPercent} title="There is no such promotion">
          <p>
            The address is not one of a promotion of this shop.{' '}
            <Link href={paths.promotions()} className="link">
              Show all promotions
            </Link>
          </p>
        </EmptyState>
      ) : promotion.error ? (
        <ProblemNotice
          title="The promotion could not be loaded"
          error={promotion.error}
          onRetry={() => void promotion.refetch()}
        />
      ) : (
        <Loading label="Loading the promotion">
          <Skeleton className="h-80" />
        </Loading>
      )}
    </>
  )
}

function isMissing(error: unknown): boolean {
  return error !== null && ['NOT_FOUND', 'INVALID_INPUT'].includes(readSoukError(error).code)
}

export function NewPromotionPage() {
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.promotions()}>Promotions</BackLink>}
        title="New promotion"
        description="It runs as soon as it is created, unless it starts later."
      />
      <PromotionForm promotion={undefined} initial={emptyValues} />
    </>
  )
}
