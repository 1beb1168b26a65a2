'use client'

import { readSoukError } from '@souk/api/client-error'
import { newId } from '@souk/kernel/id'
import type { Zone } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { MethodFields } from './method-fields.tsx'
import { newMethod, newZone, type ZoneFaults, zoneRulesOf, zoneValuesOf } from './zone-values.ts'

export function ZoneDialog({ zone, onClose }: { zone: Zone | undefined; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const [id] = useState(() => zone?.id ?? newId())
  const [values, setValues] = useState(() => (zone ? zoneValuesOf(zone) : newZone()))
  const [faults, setFaults] = useState<ZoneFaults>({})
  const save = useMutation(
    api.admin.pricing.saveZone.mutationOptions({
      onSuccess: (saved: Zone) => {
        toast({ text: `${saved.name} is saved` })
        void queries.invalidateQueries(api.admin.pricing.pathFilter())
        onClose()
      },
      onError: (error) =>
        setFaults(
          Object.fromEntries(readSoukError(error).errors.map(({ path, message }) => [path, message])),
        ),
    }),
  )
  function submit(event: FormEvent): void {
    event.preventDefault()
    const made = zoneRulesOf(values)
    setFaults('faults' in made ? made.faults : {})
    if ('faults' in made) return
    save.mutate({ id, position: zone?.position ?? 100, expectedVersion: zone?.version ?? 0, ...made.rules })
  }
  const placesFault = Object.entries(faults).find(([path]) => path.startsWith('places'))?.[1]
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={zone ? `Edit ${zone.name}` : 'New zone'}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {save.error && <ProblemNotice title="The zone was not saved" error={save.error} />}
        <TextField
          label="Name of the zone"
          autoComplete="off"
          value={values.name}
          onChange={(event) => setValues({ ...values, name: event.target.value })}
          error={faults.name}
        />
        <TextField
          label="Countries"
          hint="Such as DE, or US-CA for a region, or * for everywhere else."
          autoComplete="off"
          value={values.places}
          onChange={(event) => setValues({ ...values, places: event.target.value })}
          error={placesFault}
        />
        {values.methods.map((method, index) => (
          <MethodFields
            key={method.key}
            method={method}
            path={`methods.${index}`}
            faults={faults}
            onChange={(changed) =>
              setValues({
                ...values,
                methods: values.methods.map((each) => (each.key === changed.key ? changed : each)),
              })
            }
            onRemove={() =>
              setValues({ ...values, methods: values.methods.filter(({ key }) => key !== method.key) })
            }
          />
        ))}
        <div className="flex flex-wrap justify-between gap-3">
          <Button
            variant="secondary"
            size="small"
            onClick={() =>
              setValues({
                ...values,
                methods: [
                  ...values.methods,
                  newMethod({ code: `method-${values.methods.length + 1}`, name: '' }),
                ],
              })
            }
          >
            Add method
          </Button>
          <Button type="submit" size="small" isLoading={save.isPending}>
            Save zone
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
