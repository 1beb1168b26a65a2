'use client'

import type { Level } from '@souk/inventory/contract'
import { Dialog } from '@souk/ui/dialog'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'
import { numberText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { AdjustForm } from './adjust-form.tsx'

/** Asks for the level anew when it opens: a count is compared with what is there now, not with an old page. */
export function AdjustDialog({ sku, onClose }: { sku: string; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const level = useQuery({ ...api.admin.stock.level.queryOptions({ sku }), staleTime: 0, gcTime: 0 })
  const adjust = useMutation(
    api.admin.stock.adjust.mutationOptions({
      onSuccess: (after: Level) => {
        toast({
          text: `${after.sku}: ${numberText(after.onHand)} on hand, ${numberText(after.available)} available`,
        })
        onClose()
      },
      onSettled: () => void queries.invalidateQueries(api.admin.stock.pathFilter()),
    }),
  )
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={`Adjust ${sku}`}>
      {adjust.error && (
        <ProblemNotice title="The stock was not changed" error={adjust.error} className="mb-4" />
      )}
      {level.data ? (
        <AdjustForm
          level={level.data}
          isSending={adjust.isPending}
          onCancel={onClose}
          onAdjust={(change) => adjust.mutate({ sku, ...change })}
        />
      ) : level.error ? (
        <ProblemNotice
          title="The level could not be loaded"
          error={level.error}
          onRetry={() => void level.refetch()}
        />
      ) : (
        <Loading label="Loading the level" className="flex flex-col gap-4">
          <Skeleton className="h-16" />
          <Skeleton className="h-40" />
        </Loading>
      )}
    </Dialog>
  )
}
