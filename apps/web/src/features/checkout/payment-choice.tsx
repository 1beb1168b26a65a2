'use client'

import { RadioGroup, type RadioOption } from '@souk/ui/radio-group'
import { TextField } from '@souk/ui/text-field'
import { type Ref, useCallback } from 'react'
import { CardEntry } from './card-entry.tsx'
import type { CardFieldsHandle } from './card-fields.tsx'
import type { PaymentFault, PaymentInput, PaymentType } from './payment-input.ts'
import { ProviderList } from './provider-list.tsx'
import type { usePaymentMethods } from './use-payment-methods.ts'

type PaymentChoiceProps = {
  methods: ReturnType<typeof usePaymentMethods>
  input: PaymentInput
  fault: PaymentFault | undefined
  cardRef: Ref<CardFieldsHandle>
  onInput: (input: PaymentInput) => void
  /** Enter inside the card fields means the same as the pay button. */
  onSubmit: () => void
  /** Without cash on delivery. */
  isOnlineOnly?: boolean
}

export const paymentFieldId = (field: PaymentFault['field']) => `payment-${field}`

export function PaymentChoice({
  methods,
  input,
  fault,
  cardRef,
  onInput,
  onSubmit,
  isOnlineOnly = false,
}: PaymentChoiceProps) {
  const submit = useCallback(() => onSubmit(), [onSubmit])
  const errorOf = (field: PaymentFault['field']) => (fault?.field === field ? fault.message : undefined)
  const options: (RadioOption & { value: PaymentType })[] = [
    {
      value: 'card',
      label: 'Card',
      description: 'Entered with the payment provider, never stored by us',
      detail: <CardEntry methods={methods} cardRef={cardRef} onSubmit={submit} />,
    },
    {
      value: 'upi',
      label: 'UPI',
      description: 'Approve the request in your UPI app',
      detail: (
        <TextField
          id={paymentFieldId('vpa')}
          label="UPI id"
          placeholder="name@bank"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="email"
          maxLength={120}
          value={input.vpa}
          onChange={(event) => onInput({ ...input, vpa: event.target.value })}
          error={errorOf('vpa')}
        />
      ),
    },
    {
      value: 'netbanking',
      label: 'Netbanking',
      description: 'Sign in with your bank, then come back',
      detail: (
        <ProviderList
          id={paymentFieldId('bank')}
          label="Bank"
          placeholder="Choose your bank"
          choices={methods.data?.banks}
          hasFailed={methods.isError}
          value={input.bank}
          onChoose={(bank) => onInput({ ...input, bank })}
          error={errorOf('bank')}
        />
      ),
    },
    {
      value: 'wallet',
      label: 'Wallet',
      description: 'Approve with your wallet, then come back',
      detail: (
        <ProviderList
          id={paymentFieldId('wallet')}
          label="Wallet"
          placeholder="Choose your wallet"
          choices={methods.data?.wallets}
          hasFailed={methods.isError}
          value={input.wallet}
          onChoose={(wallet) => onInput({ ...input, wallet })}
          error={errorOf('wallet')}
        />
      ),
    },
    { value: 'cod', label: 'Cash on delivery', description: 'Pay the carrier when the parcel arrives' },
  ]
  return (
    <RadioGroup
      legend="Pay with"
      isLegendHidden
      name="payment"
      value={input.type}
      onValueChange={(value) => {
        const chosen = options.find((option) => option.value === value)
        if (chosen) onInput({ ...input, type: chosen.value })
      }}
      options={isOnlineOnly ? options.filter(({ value }) => value !== 'cod') : options}
    />
  )
}
