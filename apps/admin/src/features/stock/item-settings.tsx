'use client'

import type { Level } from '@souk/inventory/contract'
import { Button } from '@souk/ui/button'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { useStockRefresh } from './use-stock-writes.ts'
import { wholeNumber } from './whole-number.ts'

const notANumber = 'A whole number up to 1 000 000.'

/** When staff are told, and how far the shop may promise what is not there yet. */
export function ItemSettings({ level }: { level: Level }) {
  const api = useApi()
  const toast = useToast()
  const refresh = useStockRefresh()
  const [isChecked, setIsChecked] = useState(false)
  const [low, setLow] = useState(level.lowThreshold === null ? '' : String(level.lowThreshold))
  const [limit, setLimit] = useState(String(level.backorderLimit))
  const [expected, setExpected] = useState(level.expectedOn ?? '')
  const lowThreshold = low.trim() === '' ? null : wholeNumber(low, 0)
  const backorderLimit = wholeNumber(limit, 0)
  const configure = useMutation(
    api.admin.stock.configure.mutationOptions({
      onSuccess: () => toast({ text: `The rules for ${level.sku} are saved.` }),
      onSettled: refresh,
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (lowThreshold === undefined || backorderLimit === undefined || configure.isPending) return
    configure.mutate({ sku: level.sku, lowThreshold, backorderLimit, expectedOn: expected || null })
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {configure.error && <ProblemNotice title="Nothing was saved" error={configure.error} />}
      <TextField
        label="Low when this many are left"
        isOptional
        inputMode="numeric"
        autoComplete="off"
        value={low}
        onChange={(event) => setLow(event.target.value)}
        error={isChecked && lowThreshold === undefined ? notANumber : undefined}
        hint="Empty means the shop's own figure. Staff get one e-mail each time it is reached."
      />
      <TextField
        label="May be promised beyond stock"
        inputMode="numeric"
        autoComplete="off"
        value={limit}
        onChange={(event) => setLimit(event.target.value)}
        error={isChecked && backorderLimit === undefined ? notANumber : undefined}
        hint="0 sells only what is there. Otherwise the shop says “ships later”, and the next delivery goes to the oldest order."
      />
      <TextField
        label="Next delivery expected on"
        isOptional
        type="date"
        value={expected}
        onChange={(event) => setExpected(event.target.value)}
        hint="Customers see this day beside “ships later”. Orders that wait show a new day at once."
      />
      <Button type="submit" size="small" isLoading={configure.isPending}>
        Save rules
      </Button>
    </form>
  )
}
