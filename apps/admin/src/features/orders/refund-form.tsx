'use client'

import { Button } from '@souk/ui/button'
import { RadioGroup } from '@souk/ui/radio-group'
import { TextAreaField } from '@souk/ui/text-area-field'
import { TextField } from '@souk/ui/text-field'
import { type FormEvent, useState } from 'react'
import { minorText } from '../../frame/format.ts'
import { amountText } from '../../money-text.ts'
import { checkRefund, type RefundCheck } from './refund-rules.ts'

export type RefundTo = 'original' | 'store_credit' | 'gift_card'
export type RefundWish = { text: string; reason: string; to: RefundTo }

function amountError(check: RefundCheck): string | undefined {
  switch (check.status) {
    case 'ok':
      return undefined
    case 'not_an_amount':
      return 'Type an amount such as 12.50.'
    case 'nothing':
      return 'The amount must be above zero.'
    case 'too_much':
      return `At most ${minorText(check.leftMinor)} is left to refund.`
  }
}

export function RefundForm({
  leftMinor,
  wish,
  ways,
  onReady,
  onCancel,
}: {
  leftMinor: number
  wish: RefundWish
  /** The ways in which it can go back. */
  ways: readonly { value: RefundTo; label: string }[]
  onReady: (wish: RefundWish, amountMinor: number) => void
  onCancel: () => void
}) {
  const [text, setText] = useState(wish.text || amountText(leftMinor))
  const [reason, setReason] = useState(wish.reason)
  const [to, setTo] = useState(wish.to)
  const [isChecked, setIsChecked] = useState(false)
  const check = checkRefund(text, leftMinor)
  const reasonError = reason.trim() ? undefined : 'Say why; it is kept in the timeline.'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (check.status === 'ok' && !reasonError) onReady({ text, reason: reason.trim(), to }, check.amountMinor)
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label="Amount"
        name="amount"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={isChecked ? amountError(check) : undefined}
        hint={
          check.status === 'ok' && check.isAll ? 'Everything that is left.' : `Up to ${minorText(leftMinor)}.`
        }
        className="figures"
      />
      <RadioGroup
        legend="Give it back"
        name="refund-to"
        value={to}
        onValueChange={(value) => {
          const chosen = ways.find((way) => way.value === value)
          if (chosen) setTo(chosen.value)
        }}
        options={ways.map(({ value, label }) => ({ value, label }))}
      />
      <TextAreaField
        label="Reason"
        name="reason"
        rows={2}
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        error={isChecked ? reasonError : undefined}
      />
      <div className="flex flex-wrap justify-end gap-3 pt-1">
        <Button variant="secondary" size="small" onClick={onCancel}>
          Do not refund
        </Button>
        <Button type="submit" size="small">
          Continue
        </Button>
      </div>
    </form>
  )
}
