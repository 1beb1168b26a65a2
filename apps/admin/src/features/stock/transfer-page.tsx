'use client'

import type { Transfer } from '@souk/inventory/contract'
import { PageHeader, Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { deltaText, numberText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { GoodsName } from './goods-name.tsx'
import { TransferMissing } from './transfer-missing.tsx'
import { TransferStatus } from './transfers-page.tsx'
import { useGoods } from './use-goods.ts'
import { useStockRefresh } from './use-stock-writes.ts'
import { wholeNumber } from './whole-number.ts'

export function TransferPage({ id }: { id: string }) {
  const api = useApi()
  const transfer = useQuery(api.admin.transfer.get.queryOptions({ id }))
  if (transfer.data) return <TransferView transfer={transfer.data} />
  if (transfer.error) {
    return (
      <ProblemNotice
        title="The transfer could not be loaded"
        error={transfer.error}
        onRetry={() => void transfer.refetch()}
      />
    )
  }
  return (
    <Loading label="Loading the transfer" className="flex flex-col gap-4">
      <Skeleton className="h-16" />
      <Skeleton className="h-40" />
    </Loading>
  )
}

function TransferView({ transfer }: { transfer: Transfer }) {
  const nameOf = useGoods(transfer.lines.map(({ sku }) => sku))
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.transfers()}>Transfers</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span>
              {transfer.from.name} to {transfer.to.name}
            </span>
            <span role="status" className="text-base">
              <TransferStatus status={transfer.status} />
            </span>
          </span>
        }
        description={
          <>
            Sent <DateTime value={transfer.createdAt} />
            {transfer.receivedAt && (
              <>
                {' · '}received <DateTime value={transfer.receivedAt} />
              </>
            )}
            {transfer.cancelledAt && (
              <>
                {' · '}ended <DateTime value={transfer.cancelledAt} />
              </>
            )}
            {transfer.note && <> · {transfer.note}</>}
          </>
        }
      />
      {transfer.status === 'dispatched' ? (
        <ReceiveForm key={transfer.lines.map(({ missing }) => missing).join()} transfer={transfer} />
      ) : (
        <Panel title="What arrived">
          <ul aria-label="Goods" className="divide-y divide-line text-sm">
            {transfer.lines.map((line) => (
              <li key={line.sku} className="flex items-center justify-between gap-3 py-1.5">
                <GoodsName sku={line.sku} product={nameOf(line.sku)} />
                <span className="figures text-right">
                  {numberText(line.received ?? 0)} of {numberText(line.quantity)}
                  <WhatBecame line={line} />
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <TransferMissing transfer={transfer} />
    </>
  )
}

/** Where pieces are that were sent and did not arrive. */
function WhatBecame({ line }: { line: Omit<Transfer['lines'][number], 'sku'> }) {
  const { quantity, received, returned, lost, missing } = line
  const parts = [
    ...(returned > 0 ? [`${numberText(returned)} came back`] : []),
    ...(lost > 0 ? [`${numberText(lost)} lost`] : []),
    ...(received !== null && missing > 0 ? [`${numberText(missing)} missing`] : []),
    ...(received !== null && received + returned + lost > quantity
      ? [`${deltaText(received + returned + lost - quantity)} too many`]
      : []),
  ]
  if (parts.length === 0) return null
  return <span className="block text-dense text-warning">{parts.join(', ')}</span>
}

function ReceiveForm({ transfer }: { transfer: Transfer }) {
  const api = useApi()
  const toast = useToast()
  const refresh = useStockRefresh()
  const nameOf = useGoods(transfer.lines.map(({ sku }) => sku))
  const [texts, setTexts] = useState<Record<string, string>>({})
  const [isChecked, setIsChecked] = useState(false)
  const arrived = transfer.lines.map(({ sku, missing }) => ({
    sku,
    received: wholeNumber(texts[sku] ?? String(missing), 0),
  }))
  const receive = useMutation(
    api.admin.transfer.receive.mutationOptions({
      onSuccess: (after) => toast({ text: `The goods are on the shelves of ${after.to.name}.` }),
      onSettled: refresh,
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    const lines = arrived.flatMap(({ sku, received }) => (received === undefined ? [] : [{ sku, received }]))
    if (lines.length === arrived.length && !receive.isPending) receive.mutate({ id: transfer.id, lines })
  }
  return (
    <Panel title="What arrived">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {receive.error && <ProblemNotice title="Nothing was received" error={receive.error} />}
        <ul aria-label="Goods" className="divide-y divide-line border-line border-b">
          {transfer.lines.map(({ sku, quantity, missing, ...line }, index) => (
            <li key={sku} className="flex flex-wrap items-center justify-between gap-3 py-2 text-sm">
              <GoodsName sku={sku} product={nameOf(sku)} />
              <span className="flex items-center gap-3">
                <span className="figures text-right text-ink-soft">
                  {numberText(quantity)} sent
                  <WhatBecame line={{ ...line, quantity, missing }} />
                </span>
                <TextField
                  label={`Arrived of ${sku}`}
                  isLabelHidden
                  inputMode="numeric"
                  autoComplete="off"
                  value={texts[sku] ?? String(missing)}
                  onChange={(event) => setTexts((now) => ({ ...now, [sku]: event.target.value }))}
                  {...(isChecked && arrived[index]?.received === undefined
                    ? { error: 'A whole number from 0 on.' }
                    : {})}
                  className="figures"
                  fieldClassName="w-28"
                />
              </span>
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-ink-soft text-sm">What is missing or too much is written down as such.</p>
          <Button type="submit" size="small" isLoading={receive.isPending}>
            Receive
          </Button>
        </div>
      </form>
    </Panel>
  )
}
