'use client'

import type { Draft } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'

/** What the draft comes to, and what can be done with it. */
export function DraftActions({ draft, isDirty }: { draft: Draft; isDirty: boolean }) {
  const api = useApi()
  const queries = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  const [refusal, setRefusal] = useState<string>()
  const onError = () => void queries.invalidateQueries(api.admin.draft.get.pathFilter())
  const take = (changed: Draft) => {
    queries.setQueryData(api.admin.draft.get.queryKey({ id: changed.id }), changed)
    void queries.invalidateQueries(api.admin.draft.list.pathFilter())
  }
  const send = useMutation(
    api.admin.draft.send.mutationOptions({
      onError,
      onSuccess: (sent) => {
        take(sent)
        toast({ text: `Draft ${sent.number} is on its way to ${sent.email}` })
      },
    }),
  )
  const discard = useMutation(api.admin.draft.discard.mutationOptions({ onError, onSuccess: take }))
  const place = useMutation(
    api.admin.draft.place.mutationOptions({
      onError,
      onSuccess: (result) => {
        if (result.status === 'placed') return router.push(paths.order(result.order.id))
        setRefusal(
          result.status === 'out_of_stock'
            ? `Not enough in stock: ${result.lines.map(({ sku, available }) => `${sku} (${available} left)`).join(', ')}.`
            : 'The draft was changed meanwhile. Look at its new total.',
        )
        onError()
      },
    }),
  )
  const whyNot = isDirty
    ? 'Save the draft first.'
    : draft.state === 'expired'
      ? 'Save the draft to make it good again.'
      : undefined
  const error = send.error ?? place.error ?? discard.error
  return (
    <>
      <Panel title="Total">
        <dl className="figures flex flex-col gap-1 text-sm">
          <Row term="Subtotal" detail={moneyText(draft.totals.subtotal)} />
          {draft.totals.discount.amount > 0 && (
            <Row term="Discount" detail={`\u2212${moneyText(draft.totals.discount)}`} />
          )}
          <Row term={`Shipping, ${draft.shippingMethod.name}`} detail={moneyText(draft.totals.shipping)} />
          <Row term="Total" detail={moneyText(draft.totals.total)} isStrong />
        </dl>
        <p className="mt-3 text-dense text-ink-soft">
          Good until <DateTime value={draft.expiresAt} />
          {draft.sentAt && (
            <>
              {' '}
              · sent <DateTime value={draft.sentAt} />
            </>
          )}
        </p>
      </Panel>
      <Panel title="Actions">
        <div className="flex flex-col gap-2">
          {error && <ProblemNotice title="The draft is as it was" error={error} />}
          {refusal && (
            <p role="alert" className="text-danger text-sm">
              {refusal}
            </p>
          )}
          <Button
            size="small"
            isWide
            isLoading={send.isPending}
            disabledReason={whyNot}
            showsReason={false}
            onClick={() => send.mutate({ id: draft.id })}
          >
            {draft.sentAt ? 'Send it again' : 'Send to the customer'}
          </Button>
          <Button
            size="small"
            isWide
            variant="secondary"
            isLoading={place.isPending}
            disabledReason={whyNot}
            onClick={() => {
              setRefusal(undefined)
              place.mutate({
                id: draft.id,
                paymentMethod: { type: 'cod' },
                expectedTotal: draft.totals.total,
              })
            }}
          >
            Order with cash on delivery
          </Button>
          <Button
            size="small"
            isWide
            variant="danger"
            isLoading={discard.isPending}
            onClick={() => discard.mutate({ id: draft.id })}
          >
            Withdraw the draft
          </Button>
        </div>
      </Panel>
    </>
  )
}

function Row({ term, detail, isStrong = false }: { term: string; detail: string; isStrong?: boolean }) {
  return (
    <div className={isStrong ? 'flex justify-between gap-4 font-medium' : 'flex justify-between gap-4'}>
      <dt>{term}</dt>
      <dd>{detail}</dd>
    </div>
  )
}
