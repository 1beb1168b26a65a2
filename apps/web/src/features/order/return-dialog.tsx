'use client'

import { type Order, returnReasons } from '@souk/order/contract'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { Dialog } from '@souk/ui/dialog'
import { SelectField } from '@souk/ui/select-field'
import { TextAreaField } from '@souk/ui/text-area-field'
import { type FormEvent, useState, useTransition } from 'react'
import type { ExchangeAnswer, ReturnAnswer, ReturnWish } from './return-items.tsx'
import { ReturnLineFields } from './return-line-fields.tsx'
import { type ReturnableLine, returnReasonLabels } from './return-words.ts'

type ReturnDialogProps = {
  order: Order
  lines: readonly ReturnableLine[]
  returnId: string
  onClose: () => void
  onReturn: (orderId: string, wish: ReturnWish) => Promise<ReturnAnswer>
  onExchangeOptions: (orderId: string, sku: string) => Promise<ExchangeAnswer>
  onReturned: (order: Order) => void
}

/** Which pieces, what instead of their money, why, and anything the shop should know. */
export function ReturnDialog({
  order,
  lines,
  returnId,
  onClose,
  onReturn,
  onExchangeOptions,
  onReturned,
}: ReturnDialogProps) {
  const [chosen, setChosen] = useState<Record<string, number>>({})
  const [errors, setErrors] = useState<{ lines?: string; reason?: string }>({})
  const [refusal, setRefusal] = useState<string>()
  const [isSending, startSending] = useTransition()

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const reason = String(form.get('reason'))
    const note = String(form.get('note')).trim() || undefined
    const wanted = lines
      .map(({ sku, left }) => {
        const exchangeFor = String(form.get(`exchange ${sku}`) ?? '')
        return {
          sku,
          quantity: Math.min(chosen[sku] ?? 0, left),
          ...(exchangeFor === '' ? {} : { exchangeFor }),
        }
      })
      .filter(({ quantity }) => quantity > 0)
    const found = {
      ...(wanted.length === 0 ? { lines: 'Choose at least one piece.' } : {}),
      ...(reason === '' ? { reason: 'Please choose a reason.' } : {}),
    }
    setErrors(found)
    if (Object.keys(found).length > 0) return
    startSending(async () => {
      const answer = await onReturn(order.id, { returnId, lines: wanted, reason, note }).catch(
        (): ReturnAnswer => ({
          status: 'refused',
          message: 'The shop could not be reached. Please check your connection and try again.',
        }),
      )
      if (answer.status === 'refused') return setRefusal(answer.message)
      onReturned(answer.order)
    })
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && !isSending && onClose()}
      title="Return or exchange items"
      description={`Order ${order.number}. We answer by e-mail and say how to send them back.`}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        {refusal && (
          <Alert tone="error" title="The return was not sent">
            {refusal}
          </Alert>
        )}
        <fieldset aria-describedby={errors.lines ? 'return-lines-error' : undefined}>
          <legend className="mb-2 font-medium text-sm">What do you want to return?</legend>
          <ul className="divide-y divide-line border-line border-y">
            {lines.map((line) => (
              <ReturnLineFields
                key={line.sku}
                line={line}
                quantity={chosen[line.sku] ?? 0}
                onQuantityChange={(value) => setChosen((known) => ({ ...known, [line.sku]: value }))}
                loadOptions={() => onExchangeOptions(order.id, line.sku)}
              />
            ))}
          </ul>
          {errors.lines && (
            <p id="return-lines-error" role="alert" className="mt-1.5 text-danger text-sm">
              {errors.lines}
            </p>
          )}
        </fieldset>
        <SelectField
          label="Why?"
          name="reason"
          placeholder="Choose a reason"
          options={returnReasons.map((value) => ({ value, label: returnReasonLabels[value] }))}
          error={errors.reason}
        />
        <TextAreaField label="Anything we should know" name="note" isOptional rows={3} maxLength={1000} />
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" onClick={onClose}>
            Keep everything
          </Button>
          <Button type="submit" isLoading={isSending} loadingLabel="Sending">
            Ask for the return
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
