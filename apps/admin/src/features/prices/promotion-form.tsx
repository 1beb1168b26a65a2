'use client'

import { readSoukError } from '@souk/api/client-error'
import { newId } from '@souk/kernel/id'
import type { StaffPromotion } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { ConditionFields } from './condition-fields.tsx'
import { OfferFields } from './offer-fields.tsx'
import { type Faults, fieldOf, type PromotionValues, rulesOf } from './promotion-values.ts'

export type FieldProps = {
  values: PromotionValues
  faults: Faults
  set: <Field extends keyof PromotionValues>(field: Field, value: PromotionValues[Field]) => void
}

/** Makes a promotion or changes one; a copy is a new one that begins with another's values. */
export function PromotionForm({
  promotion,
  initial,
}: {
  promotion: StaffPromotion | undefined
  initial: PromotionValues
}) {
  const api = useApi()
  const queries = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  const [values, setValues] = useState(initial)
  const [faults, setFaults] = useState<Faults>({})
  const [id] = useState(() => promotion?.id ?? newId())
  const outcome = {
    onSuccess: (saved: StaffPromotion) => {
      toast({ text: `${saved.name} is saved` })
      void queries.invalidateQueries(api.admin.promotion.pathFilter())
      void queries.invalidateQueries(api.admin.pricing.pathFilter())
      router.push(paths.promotions())
    },
    onError: (error: unknown) => setFaults(faultsOf(error)),
  }
  const create = useMutation(api.admin.promotion.create.mutationOptions(outcome))
  const update = useMutation(api.admin.promotion.update.mutationOptions(outcome))
  const failed = create.error ?? update.error
  const isSaving = create.isPending || update.isPending

  function submit(event: FormEvent): void {
    event.preventDefault()
    const made = rulesOf(values, promotion?.scope.products)
    setFaults('faults' in made ? made.faults : {})
    if ('faults' in made) return
    if (promotion) {
      const { version, isActive } = promotion
      update.mutate({ id, isActive, expectedVersion: version, ...made.rules })
    } else create.mutate({ id, ...made.rules })
  }
  const fields: FieldProps = {
    values,
    faults,
    set: (field, value) => setValues((before) => ({ ...before, [field]: value })),
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {failed && <ProblemNotice title="The promotion was not saved" error={failed} />}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title="Offer">
          <OfferFields {...fields} />
        </Panel>
        <Panel title="Conditions and limits">
          <ConditionFields {...fields} />
        </Panel>
      </div>
      <div className="flex justify-end">
        <Button type="submit" size="small" isLoading={isSaving} loadingLabel="Saving">
          {promotion ? 'Save changes' : 'Create promotion'}
        </Button>
      </div>
    </form>
  )
}

function faultsOf(error: unknown): Faults {
  return Object.fromEntries(
    readSoukError(error).errors.flatMap(({ path, message }) => {
      const field = fieldOf(path)
      return field ? [[field, message]] : []
    }),
  )
}
