'use client'

import type { Transfer } from '@souk/inventory/contract'
import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { countText, numberText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { GoodsName } from './goods-name.tsx'
import { readMissing } from './transfer-pieces.ts'
import { useGoods } from './use-goods.ts'
import { useStockRefresh } from './use-stock-writes.ts'

/** What becomes of pieces that left and did not arrive. The rest stays on its way. */
export function TransferMissing({ transfer }: { transfer: Transfer }) {
  const lines = transfer.lines.filter(({ missing }) => missing > 0)
  if (lines.length === 0) return null
  return (
    <MissingForm
      key={lines.map(({ sku, missing }) => `${sku} ${missing}`).join()}
      transfer={transfer}
      lines={lines}
    />
  )
}

function MissingForm({ transfer, lines }: { transfer: Transfer; lines: Transfer['lines'] }) {
  const api = useApi()
  const toast = useToast()
  const refresh = useStockRefresh()
  const nameOf = useGoods(lines.map(({ sku }) => sku))
  const [texts, setTexts] = useState<Record<string, string>>({})
  const [note, setNote] = useState('')
  const [isChecked, setIsChecked] = useState(false)
  const isArrived = transfer.status === 'received'
  const read = readMissing(lines, (sku) => texts[sku] ?? '')
  const pieces = read.lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const asText = countText(pieces, 'piece', 'pieces')
  const bringBack = useMutation(
    api.admin.transfer.return.mutationOptions({
      onSuccess: () => toast({ text: `${asText} back on the shelves of ${transfer.from.name}.` }),
      onSettled: refresh,
    }),
  )
  const giveUp = useMutation(
    api.admin.transfer.writeOff.mutationOptions({
      onSuccess: () => toast({ text: `${asText} written off as lost.` }),
      onSettled: refresh,
    }),
  )
  const isBusy = bringBack.isPending || giveUp.isPending
  const error = bringBack.error ?? giveUp.error
  const settle = (as: typeof bringBack | typeof giveUp) => {
    setIsChecked(true)
    if (read.faults.size > 0 || pieces === 0 || isBusy) return
    bringBack.reset()
    giveUp.reset()
    as.mutate({ id: transfer.id, lines: read.lines, note: note.trim() || undefined })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    settle(bringBack)
  }
  return (
    <Panel title={isArrived ? 'Missing on arrival' : 'Not arriving'} className="mt-6">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {error && <ProblemNotice title="Nothing was changed" error={error} />}
        <ul aria-label="Missing goods" className="divide-y divide-line border-line border-b">
          {lines.map(({ sku, missing }) => (
            <li key={sku} className="flex flex-wrap items-center justify-between gap-3 py-2 text-sm">
              <GoodsName sku={sku} product={nameOf(sku)} />
              <span className="flex items-center gap-3">
                <span className="text-ink-soft">
                  {numberText(missing)} {isArrived ? 'missing' : 'on the way'}
                </span>
                <TextField
                  label={`Pieces of ${sku} that do not arrive`}
                  isLabelHidden
                  inputMode="numeric"
                  autoComplete="off"
                  placeholder="0"
                  value={texts[sku] ?? ''}
                  onChange={(event) => setTexts((now) => ({ ...now, [sku]: event.target.value }))}
                  {...(isChecked && read.faults.has(sku) ? { error: `0 to ${numberText(missing)}.` } : {})}
                  className="figures"
                  fieldClassName="w-28"
                />
              </span>
            </li>
          ))}
        </ul>
        <TextField
          label="Note"
          isOptional
          maxLength={200}
          autoComplete="off"
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        {isChecked && pieces === 0 && read.faults.size === 0 && (
          <p role="alert" className="text-danger text-sm">
            Say of how many pieces first.
          </p>
        )}
        <div className="flex flex-wrap items-center justify-end gap-3">
          {!isArrived && (
            <Button
              variant="secondary"
              size="small"
              isLoading={giveUp.isPending}
              onClick={() => settle(giveUp)}
            >
              Write off as lost
            </Button>
          )}
          <Button type="submit" size="small" isLoading={bringBack.isPending}>
            Back at {transfer.from.name}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
