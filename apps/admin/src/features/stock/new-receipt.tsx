'use client'

import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { countText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { GoodsEntry } from './goods-entry.tsx'
import { type GoodsLine, GoodsLines, withLine } from './goods-lines.tsx'
import { PlaceField, useOpenPlaces } from './place-field.tsx'
import { useStockRefresh } from './use-stock-writes.ts'

export function NewReceipt() {
  const api = useApi()
  const toast = useToast()
  const refresh = useStockRefresh()
  const places = useOpenPlaces()
  const [chosen, setChosen] = useState('')
  const [reference, setReference] = useState('')
  const [lines, setLines] = useState<readonly GoodsLine[]>([])
  const locationId = chosen || (places[0]?.id ?? '')
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
  const create = useMutation(
    api.admin.receipt.create.mutationOptions({
      onSuccess: (receipt) => {
        setLines([])
        setReference('')
        toast({ text: `The delivery is on the shelves of ${receipt.location.name}.` })
      },
      onSettled: refresh,
    }),
  )
  const reason =
    locationId === '' ? 'Choose a location.' : lines.length === 0 ? 'Add goods first.' : undefined
  return (
    <Panel title="Receive a delivery" className="mb-4">
      <div className="flex flex-col gap-4">
        {create.error && <ProblemNotice title="Nothing was received" error={create.error} />}
        <div className="flex flex-wrap gap-3">
          <PlaceField label="Location" places={places} value={locationId} onChange={setChosen} />
          <TextField
            label="Reference"
            isOptional
            maxLength={200}
            autoComplete="off"
            value={reference}
            onChange={(event) => setReference(event.target.value)}
            fieldClassName="min-w-0 flex-1 basis-48"
          />
        </div>
        <GoodsEntry
          quantityLabel="Pieces"
          min={1}
          addLabel="Add"
          onEnter={(level, quantity) => setLines((now) => withLine(now, level, quantity))}
        />
        <GoodsLines
          lines={lines}
          onRemove={(sku) => setLines((now) => now.filter((line) => line.level.sku !== sku))}
        />
        <div className="flex justify-end">
          <Button
            size="small"
            isLoading={create.isPending}
            {...(reason === undefined ? {} : { disabledReason: reason })}
            onClick={() =>
              create.mutate({
                locationId,
                reference: reference.trim(),
                lines: lines.map(({ level, quantity }) => ({ sku: level.sku, quantity })),
              })
            }
          >
            Receive {countText(pieces, 'piece', 'pieces')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
