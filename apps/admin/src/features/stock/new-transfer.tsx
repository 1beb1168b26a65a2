'use client'

import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { Checkbox } from '@souk/ui/checkbox'
import { useToast } from '@souk/ui/toast'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { countText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { GoodsEditor, useGoodsOfDocument } from './goods-editor.tsx'
import { PlaceField, useOpenPlaces } from './place-field.tsx'
import { useStockRefresh } from './use-stock-writes.ts'

export function NewTransfer() {
  const api = useApi()
  const toast = useToast()
  const refresh = useStockRefresh()
  const places = useOpenPlaces()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const goods = useGoodsOfDocument()
  const [isReceived, setIsReceived] = useState(false)
  const create = useMutation(
    api.admin.transfer.create.mutationOptions({
      onSuccess: (sent) => {
        goods.clear()
        const text = sent.status === 'received' ? 'are moved' : 'are on their way'
        toast({ text: `The goods ${text} to ${sent.to.name}.` })
      },
      onSettled: refresh,
    }),
  )
  const reason =
    places.length < 2
      ? 'There is only one open location.'
      : from === '' || to === ''
        ? 'Choose both locations.'
        : from === to
          ? 'Choose two different locations.'
          : goods.lines.length === 0
            ? 'Add goods first.'
            : undefined
  const send = () =>
    create.mutate({
      fromLocationId: from,
      toLocationId: to,
      lines: goods.lines,
      isReceived,
    })
  return (
    <Panel title="New transfer" className="mb-4">
      <div className="flex flex-col gap-4">
        {create.error && <ProblemNotice title="Nothing was sent" error={create.error} />}
        <div className="flex flex-wrap gap-3">
          <PlaceField label="From" places={places} value={from} onChange={setFrom} />
          <PlaceField label="To" places={places} value={to} onChange={setTo} />
        </div>
        <GoodsEditor goods={goods} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Checkbox
            label="They are there already"
            checked={isReceived}
            onChange={(event) => setIsReceived(event.target.checked)}
          />
          <Button
            size="small"
            isLoading={create.isPending}
            {...(reason === undefined ? {} : { disabledReason: reason })}
            onClick={send}
          >
            {isReceived ? 'Move' : 'Send'} {countText(goods.pieces, 'piece', 'pieces')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
