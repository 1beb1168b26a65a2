'use client'

import { PageHeader } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { DifferencesPanel } from './differences-panel.tsx'
import { StuckRefundsPanel } from './stuck-refunds-panel.tsx'

export function ReconciliationPage() {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const compare = useMutation(
    api.admin.payment.reconcile.mutationOptions({
      onSuccess: ({ looked, healed, differences }) =>
        toast({ text: `${looked} charges compared: ${healed} corrected, ${differences} differ` }),
      onSettled: () => void queries.invalidateQueries(api.admin.payment.pathFilter()),
    }),
  )
  return (
    <>
      <PageHeader
        title="Reconciliation"
        description="Our books beside the payment providers’ own lists. What can be corrected is, by asking the provider; the rest waits here."
        actions={
          <Button size="small" isLoading={compare.isPending} onClick={() => compare.mutate({})}>
            Compare now
          </Button>
        }
      />
      <div className="flex flex-col gap-4">
        {compare.error && <ProblemNotice title="The books could not be compared" error={compare.error} />}
        <DifferencesPanel />
        <StuckRefundsPanel />
      </div>
    </>
  )
}
