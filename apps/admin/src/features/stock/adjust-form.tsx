'use client'

import { adjustmentReasons, type Level } from '@souk/inventory/contract'
import { Figure } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { RadioGroup } from '@souk/ui/radio-group'
import { SelectField } from '@souk/ui/select-field'
import { TextField } from '@souk/ui/text-field'
import { type FormEvent, useState } from 'react'
import { countText, deltaText, numberText } from '../../frame/format.ts'
import { type AdjustmentCheck, checkAdjustment, type Way } from './adjustment.ts'

type Reason = (typeof adjustmentReasons)[number]
type Change = { delta: number; reason: string; locationId?: string }

const wayOptions = [
  { value: 'add', label: 'Add pieces' },
  { value: 'remove', label: 'Remove pieces' },
  { value: 'count', label: 'Set what was counted' },
] as const
const usualReason: Record<Way, Reason> = { add: 'received', remove: 'damaged', count: 'counted' }

function quantityError(check: AdjustmentCheck): string | undefined {
  switch (check.status) {
    case 'ok':
      return undefined
    case 'not_a_quantity':
      return 'A whole number up to 1 000 000.'
    case 'nothing':
      return 'This changes nothing.'
    case 'reserved':
      return `Only ${numberText(check.free)} can be taken away; ${countText(check.reserved, 'piece is', 'pieces are')} reserved for orders.`
  }
}

export function AdjustForm({
  level,
  isSending,
  onAdjust,
  onCancel,
}: {
  level: Level
  isSending: boolean
  onAdjust: (change: Change) => void
  onCancel: () => void
}) {
  const [way, setWay] = useState<Way>('add')
  const [quantity, setQuantity] = useState('')
  const [reason, setReason] = useState<string>(usualReason.add)
  const [locationId, setLocationId] = useState(level.locations[0]?.id)
  const [isChecked, setIsChecked] = useState(false)
  const place = level.locations.find((location) => location.id === locationId) ?? level
  const check = checkAdjustment(way, quantity, place)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (check.status === 'ok' && !isSending) onAdjust({ delta: check.delta, reason, locationId })
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <dl className="grid grid-cols-3 divide-x divide-line rounded-control border border-line">
        <Figure label="On hand" value={numberText(place.onHand)} />
        <Figure label="Reserved" value={numberText(place.reserved)} />
        <Figure label="Available" value={numberText(place.available)} />
      </dl>
      {level.locations.length > 1 && (
        <SelectField
          label="Location"
          value={locationId}
          onChange={(event) => setLocationId(event.target.value)}
          options={level.locations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <RadioGroup
        legend="What to do"
        name="way"
        options={wayOptions}
        value={way}
        onValueChange={(value) => {
          const chosen = wayOptions.find((option) => option.value === value)?.value ?? 'add'
          setWay(chosen)
          setReason(usualReason[chosen])
        }}
      />
      <TextField
        label={way === 'count' ? 'Pieces counted' : 'Pieces'}
        inputMode="numeric"
        autoComplete="off"
        value={quantity}
        onChange={(event) => setQuantity(event.target.value)}
        error={isChecked ? quantityError(check) : undefined}
        hint={
          check.status === 'ok'
            ? `${deltaText(check.delta)}: ${numberText(check.onHandAfter)} on hand, ${numberText(check.availableAfter)} available afterwards.`
            : undefined
        }
        className="figures"
      />
      <SelectField
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        options={adjustmentReasons.map((value) => ({
          value,
          label: value.charAt(0).toUpperCase() + value.slice(1),
        }))}
      />
      <div className="flex flex-wrap justify-end gap-3 pt-1">
        <Button variant="secondary" size="small" onClick={onCancel}>
          Leave as it is
        </Button>
        <Button type="submit" size="small" isLoading={isSending}>
          {check.status === 'ok' ? `Adjust by ${deltaText(check.delta)}` : 'Adjust'}
        </Button>
      </div>
    </form>
  )
}
