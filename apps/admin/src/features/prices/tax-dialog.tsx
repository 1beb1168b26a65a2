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
import { amountText, parseAmount } from '../../money-text.ts'

type RateValues = { region: string; taxClass: (typeof taxClassNames)[number]; percent: string }
const names = new Intl.DisplayNames(['en'], { type: 'region' })

export function countryLabel(country: string): string {
  return country === '*' ? 'Everywhere else' : `${names.of(country) ?? country} (${country})`
}

export function TaxDialog({ country, onClose }: { country: TaxCountry | undefined; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const [code, setCode] = useState(country?.country ?? '')
  const [pricesIncludeTax, setIncluded] = useState(country?.pricesIncludeTax ?? true)
  const [rates, setRates] = useState<RateValues[]>(() => ratesOf(country))
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({})
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
  const setRate = (index: number, rate: RateValues) =>
    setRates(rates.map((each, place) => (place === index ? rate : each)))

  function submit(event: FormEvent): void {
    event.preventDefault()
    const found: Record<string, string> = {}
    if (code !== '*' && !/^[A-Z]{2}$/.test(code)) found.country = 'Two capital letters, such as DE.'
    const parsed = rates.map(({ region, taxClass, percent }, index) => {
      const rateBasisPoints = parseAmount(percent)
      if (rateBasisPoints === undefined || rateBasisPoints > 10_000) {
        found[`rates.${index}.rateBasisPoints`] = 'Between 0 and 100 per cent.'
      }
      return { region: region.trim(), taxClass, rateBasisPoints: rateBasisPoints ?? 0 }
    })
    setFaults(found)
    if (Object.keys(found).length > 0) return
    save.mutate({ country: code, pricesIncludeTax, rates: parsed, expectedVersion: country?.version ?? 0 })
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
            value={code}
            onChange={(event) => setCode(event.target.value.toUpperCase())}
            error={faults.country}
          />
        )}
        <Checkbox
          label="Prices include tax"
          hint="Otherwise it is added to the total."
          checked={pricesIncludeTax}
          onChange={(event) => setIncluded(event.target.checked)}
        />
        {rates.map((rate, index) => (
          <fieldset
            // biome-ignore lint/suspicious/noArrayIndexKey: a rate has no other name while it is typed
            key={index}
            className="grid grid-cols-[1fr_1fr_1fr_auto] items-end gap-2"
          >
            <legend className="sr-only">Rate {index + 1}</legend>
            <SelectField
              label="Class"
              options={taxClassNames.map((name) => ({ value: name, label: name }))}
              value={rate.taxClass}
              onChange={(event) =>
                setRate(index, {
                  ...rate,
                  taxClass: taxClassNames.find((name) => name === event.target.value) ?? 'standard',
                })
              }
              error={faults[`rates.${index}.taxClass`]}
            />
            <TextField
              label="Region"
              autoComplete="off"
              value={rate.region}
              onChange={(event) => setRate(index, { ...rate, region: event.target.value })}
              error={faults[`rates.${index}.region`]}
            />
            <TextField
              label="Per cent"
              inputMode="decimal"
              autoComplete="off"
              value={rate.percent}
              onChange={(event) => setRate(index, { ...rate, percent: event.target.value })}
              error={faults[`rates.${index}.rateBasisPoints`]}
            />
            <Button
              variant="quiet"
              size="small"
              onClick={() => setRates(rates.filter((_, place) => place !== index))}
            >
              Remove<span className="sr-only"> this rate</span>
            </Button>
          </fieldset>
        ))}
        <div className="flex flex-wrap justify-between gap-3">
          <span className="flex gap-2">
            <Button
              variant="secondary"
              size="small"
              onClick={() => setRates([...rates, { region: '', taxClass: 'standard', percent: '' }])}
            >
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

function ratesOf(country: TaxCountry | undefined): RateValues[] {
  if (!country) return [{ region: '', taxClass: 'standard', percent: '' }]
  return country.rates.map(({ region, taxClass, rateBasisPoints }) => ({
    region,
    taxClass: taxClassNames.find((name) => name === taxClass) ?? 'standard',
    percent: amountText(rateBasisPoints).replace(/\.00$/, ''),
  }))
}
