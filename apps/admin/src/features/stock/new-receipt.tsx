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
import { GoodsEditor, useGoodsOfDocument } from './goods-editor.tsx'
import { PlaceField, useOpenPlaces } from './place-field.tsx'
import { useStockRefresh } from './use-stock-writes.ts'

export function NewReceipt() {
  const api = useApi()
  const toast = useToast()
  const refresh = useStockRefresh()
  const places = useOpenPlaces()
  const [chosen, setChosen] = useState('')
  const [reference, setReference] = useState('')
  const goods = useGoodsOfDocument()
  const locationId = chosen || (places[0]?.id ?? '')
  const create = useMutation(
    api.admin.receipt.create.mutationOptions({
      onSuccess: (receipt) => {
        goods.clear()
        setReference('')
        toast({ text: `The delivery is on the shelves of ${receipt.location.name}.` })
      },
      onSettled: refresh,
    }),
  )
  const reason =
    locationId === '' ? 'Choose a location.' : goods.lines.length === 0 ? 'Add goods first.' : undefined
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
        <GoodsEditor goods={goods} />
        <div className="flex justify-end">
          <Button
            size="small"
            isLoading={create.isPending}
            {...(reason === undefined ? {} : { disabledReason: reason })}
            onClick={() =>
              create.mutate({
                locationId,
                reference: reference.trim(),
                lines: goods.lines,
              })
            }
          >
            Receive {countText(goods.pieces, 'piece', 'pieces')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
