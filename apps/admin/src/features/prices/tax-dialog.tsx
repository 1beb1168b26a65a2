'use client'

import { readSoukError } from '@souk/api/client-error'
import { type TaxCountry, taxClassNames } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Checkbox } from '@souk/ui/checkbox'
import { Dialog } from '@souk/ui/dialog'
import { SelectField } from '@souk/ui/select-field'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import {
  newRate,
  type RateValues,
  type TaxFaults,
  taxClassOf,
  taxRulesOf,
  taxValuesOf,
} from './tax-values.ts'

const names = new Intl.DisplayNames(['en'], { type: 'region' })

export function countryLabel(country: string): string {
  return country === '*' ? 'Everywhere else' : `${names.of(country) ?? country} (${country})`
}

export function TaxDialog({ country, onClose }: { country: TaxCountry | undefined; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const [values, setValues] = useState(() => taxValuesOf(country))
  const [faults, setFaults] = useState<TaxFaults>({})
  const done = (text: string) => {
    toast({ text })
    void queries.invalidateQueries(api.admin.pricing.pathFilter())
    onClose()
  }
  const save = useMutation(
    api.admin.pricing.saveTax.mutationOptions({
      onSuccess: (saved: TaxCountry) => done(`${countryLabel(saved.country)} is saved`),
      onError: (error) =>
        setFaults(
          Object.fromEntries(readSoukError(error).errors.map(({ path, message }) => [path, message])),
        ),
    }),
  )
  const remove = useMutation(
    api.admin.pricing.removeTax.mutationOptions({
      onSuccess: () => done('It goes by the rates of everywhere else now'),
    }),
  )
  const failed = save.error ?? remove.error
  const setRates = (rates: RateValues[]) => setValues({ ...values, rates })

  function submit(event: FormEvent): void {
    event.preventDefault()
    const made = taxRulesOf(values)
    setFaults('faults' in made ? made.faults : {})
    if ('faults' in made) return
    save.mutate({ ...made.rules, expectedVersion: country?.version ?? 0 })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={country ? countryLabel(country.country) : 'New country'}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {failed && <ProblemNotice title="The taxes were not saved" error={failed} />}
        {!country && (
          <TextField
            label="Country"
            hint="Two letters, such as DE."
            maxLength={2}
            autoComplete="off"
            value={values.country}
            onChange={(event) => setValues({ ...values, country: event.target.value.toUpperCase() })}
            error={faults.country}
          />
        )}
        <Checkbox
          label="Prices include tax"
          hint="Otherwise it is added to the total."
          checked={values.pricesIncludeTax}
          onChange={(event) => setValues({ ...values, pricesIncludeTax: event.target.checked })}
        />
        {values.rates.map((rate, index) => (
          <RateFields
            key={rate.key}
            rate={rate}
            index={index}
            faults={faults}
            onChange={(changed) =>
              setRates(values.rates.map((each) => (each.key === changed.key ? changed : each)))
            }
            onRemove={() => setRates(values.rates.filter(({ key }) => key !== rate.key))}
          />
        ))}
        <div className="flex flex-wrap justify-between gap-3">
          <span className="flex gap-2">
            <Button variant="secondary" size="small" onClick={() => setRates([...values.rates, newRate()])}>
              Add rate
            </Button>
            {country && country.country !== '*' && (
              <Button
                variant="quiet"
                size="small"
                isLoading={remove.isPending}
                onClick={() => remove.mutate({ country: country.country })}
              >
                Remove country
              </Button>
            )}
          </span>
          <Button type="submit" size="small" isLoading={save.isPending}>
            Save taxes
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function RateFields({
  rate,
  index,
  faults,
  onChange,
  onRemove,
}: {
  rate: RateValues
  index: number
  faults: TaxFaults
  onChange: (rate: RateValues) => void
  onRemove: () => void
}) {
  const faultOf = (field: string) => faults[`rates.${index}.${field}`]
  return (
    <fieldset className="grid grid-cols-[1fr_1fr_1fr_auto] items-end gap-2">
      <legend className="sr-only">Rate {index + 1}</legend>
      <SelectField
        label="Class"
        options={taxClassNames.map((name) => ({ value: name, label: name }))}
        value={rate.taxClass}
        onChange={(event) => onChange({ ...rate, taxClass: taxClassOf(event.target.value) })}
        error={faultOf('taxClass')}
      />
      <TextField
        label="Region"
        autoComplete="off"
        value={rate.region}
        onChange={(event) => onChange({ ...rate, region: event.target.value })}
        error={faultOf('region')}
      />
      <TextField
        label="Per cent"
        inputMode="decimal"
        autoComplete="off"
        value={rate.percent}
        onChange={(event) => onChange({ ...rate, percent: event.target.value })}
        error={faultOf('rateBasisPoints')}
      />
      <Button variant="quiet" size="small" onClick={onRemove}>
        Remove<span className="sr-only"> this rate</span>
      </Button>
    </fieldset>
  )
}
