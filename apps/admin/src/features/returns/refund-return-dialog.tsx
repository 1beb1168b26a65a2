'use client'

import type { ReturnDetail } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { Checkbox } from '@souk/ui/checkbox'
import { Dialog } from '@souk/ui/dialog'
import { TextField } from '@souk/ui/text-field'
import { useToast } from '@souk/ui/toast'
import { type FormEvent, useState } from 'react'
import { minorText, moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { amountText, parseAmount } from '../../money-text.ts'
import { useReturnWrites } from './use-return-writes.ts'

/** What was paid for the goods is proposed; less is allowed, and more never. */
export function RefundReturnDialog({ detail, onClose }: { detail: ReturnDetail; onClose: () => void }) {
  const toast = useToast()
  const { goods, shipping, most } = detail.proposal
  const proposed = (withShipping: boolean) =>
    Math.min(goods.amount + (withShipping ? shipping.amount : 0), most.amount)
  const [includesShipping, setIncludesShipping] = useState(false)
  const [isCredit, setIsCredit] = useState(false)
  const [text, setText] = useState(amountText(proposed(false)))
  const [isChecked, setIsChecked] = useState(false)
  const { refund } = useReturnWrites((changed) => {
    toast({
      text:
        changed.status === 'completed'
          ? `Return ${changed.number} is completed`
          : `The refund of return ${changed.number} is under way`,
    })
    onClose()
  })
  const amountMinor = parseAmount(text)
  const error =
    amountMinor === undefined
      ? 'Type an amount such as 12.50.'
      : amountMinor > most.amount
        ? `At most ${moneyText(most)} can be given back.`
        : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (refund.isPending || error !== undefined || amountMinor === undefined) return
    refund.mutate({
      id: detail.id,
      amount: { amount: amountMinor, currency: most.currency },
      includesShipping,
      as: isCredit ? 'credit' : 'original',
    })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && !refund.isPending && onClose()}
      title={`Refund return ${detail.number}`}
      description={`${moneyText(goods)} was paid for these goods.`}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {refund.error && <ProblemNotice title="The refund was not started" error={refund.error} />}
        {shipping.amount > 0 && (
          <Checkbox
            label={`With shipping, ${moneyText(shipping)}`}
            checked={includesShipping}
            onChange={(event) => {
              setIncludesShipping(event.target.checked)
              setText(amountText(proposed(event.target.checked)))
            }}
          />
        )}
        <Checkbox
          label="As credit, to buy something else with"
          hint="Store credit of the customer; for a guest a gift card by mail. Otherwise it goes back the way it was paid."
          checked={isCredit}
          onChange={(event) => setIsCredit(event.target.checked)}
        />
        <TextField
          label="Amount"
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={isChecked ? error : undefined}
          hint={`Up to ${moneyText(most)}. Zero closes the return without a refund.`}
          className="figures"
        />
        <div className="flex flex-wrap justify-end gap-3 pt-1">
          <Button variant="secondary" size="small" onClick={onClose}>
            Not yet
          </Button>
          <Button
            type="submit"
            size="small"
            variant={amountMinor === 0 ? 'primary' : 'danger'}
            isLoading={refund.isPending}
          >
            {amountMinor === 0
              ? 'Close without a refund'
              : `Refund ${minorText(amountMinor ?? 0, most.currency)}`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
