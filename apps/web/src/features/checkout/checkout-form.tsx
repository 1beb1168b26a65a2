'use client'

import type { Address } from '@souk/kernel/address'
import { Email } from '@souk/kernel/address'
import type { OrderQuote, PlacedOrder } from '@souk/order/contract'
import { Alert } from '@souk/ui/alert'
import { TextField } from '@souk/ui/text-field'
import { type FormEvent, useCallback, useRef, useState } from 'react'
import { z } from 'zod'
import { AddressFields, useAddressForm } from '../../forms/address-fields.tsx'
import { useContractForm } from '../../forms/use-contract-form.ts'
import type { CardFieldsHandle } from './card-fields.tsx'
import { readCardToken } from './card-token.ts'
import { CheckoutSection } from './checkout-section.tsx'
import { CreditFields, CreditShare } from './credit-fields.tsx'
import { OrderSummary } from './order-summary.tsx'
import { OutcomeNotice, type ShortLine } from './outcome-notice.tsx'
import { PayButton } from './pay-button.tsx'
import { PaymentChoice, paymentFieldId } from './payment-choice.tsx'
import { noPayment, type PaymentFault, readPayment } from './payment-input.ts'
import { PromotionField } from './promotion-field.tsx'
import { ShippingChoice } from './shipping-choice.tsx'
import { useCredit } from './use-credit.ts'
import { usePaymentMethods } from './use-payment-methods.ts'
import { type Refusal, usePlaceOrder } from './use-place-order.ts'
import { useQuote } from './use-quote.ts'

const Contact = z.object({ email: Email })
const contactNames = { email: 'your e-mail address' }

export type CheckoutFormProps = {
  items: readonly { sku: string; quantity: number }[]
  cartId: string
  customer: { email: string } | null
  address: Address | undefined
  /** Why this cart cannot be ordered as it is. */
  blockedReason: string | undefined
  onFix: (lines: readonly ShortLine[]) => void
  onPlaced: (order: PlacedOrder) => Promise<void>
  onRefused: (refusal: Refusal) => void
}

export function CheckoutForm(props: CheckoutFormProps) {
  const contact = useContractForm({
    schema: Contact,
    initial: { email: props.customer?.email ?? '' },
    names: contactNames,
  })
  const address = useAddressForm(props.address)
  const [shippingMethod, setShippingMethod] = useState<string>()
  const [codes, setCodes] = useState<readonly string[]>([])
  const [payment, setPayment] = useState(noPayment)
  const [fault, setFault] = useState<PaymentFault | undefined>()
  const [cardTrouble, setCardTrouble] = useState(false)
  const methods = usePaymentMethods()
  const cardFields = useRef<CardFieldsHandle>(null)
  const form = useRef<HTMLFormElement>(null)
  const items = props.items.map(({ sku, quantity }) => ({ sku, quantity }))
  const quote = useQuote({
    items,
    country: address.values.country || undefined,
    region: address.values.region.trim() || undefined,
    email: codes.length > 0 ? Email.safeParse(contact.values.email).data : undefined,
    shippingMethod,
    promotionCodes: codes.length > 0 ? [...codes] : undefined,
  })
  const credit = useCredit(quote.data)
  const { state, place, clear } = usePlaceOrder({
    placed: props.onPlaced,
    refused: (refusal) => {
      credit.lookAgain()
      props.onRefused(refusal)
    },
  })
  const requestSubmit = useCallback(() => form.current?.requestSubmit(), [])
  const isFrozen = state.status === 'placing' || state.status === 'unknown'

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (isFrozen || props.blockedReason || !quote.data || quote.isPlaceholderData) return
    if (quote.data.undeliverable !== null) return
    clear()
    setCardTrouble(false)
    const person = contact.submit()
    const shippingAddress = address.submit({ takesFocus: person !== undefined })
    if (!person || !shippingAddress) return
    const method = credit.coversAll ? ({ type: 'credit' } as const) : await readMethod()
    if (!method) return
    await place({
      items,
      email: person.email,
      shippingAddress,
      shippingMethod: quote.data.shippingMethod,
      promotionCodes: appliedCodes(quote.data),
      paymentMethod: method,
      ...credit.orderFields,
      expectedTotal: quote.data.totals.total,
      cartId: props.cartId,
    })
  }

  async function readMethod() {
    try {
      const token =
        payment.type === 'card' ? await readCardToken(methods.data?.card, cardFields.current) : undefined
      if (payment.type === 'card' && token === undefined) return undefined
      const read = readPayment(payment, token)
      setFault('fault' in read ? read.fault : undefined)
      if ('method' in read) return read.method
      document.getElementById(paymentFieldId(read.fault.field))?.focus()
    } catch {
      setCardTrouble(true)
    }
    return undefined
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid gap-x-16 gap-y-10 lg:grid-cols-[1fr_24rem]"
    >
      <div className="min-w-0">
        <OutcomeNotice
          state={state}
          items={quote.data?.items ?? noItems}
          onFix={(lines) => {
            clear()
            props.onFix(lines)
          }}
          onRepeat={(body) => void place(body)}
        />
        <fieldset disabled={isFrozen} className="flex min-w-0 flex-col gap-10">
          <CheckoutSection title="Contact">
            <TextField
              label="E-mail"
              type="email"
              autoComplete="email"
              hint="For the confirmation and news about this order."
              {...contact.field('email')}
            />
          </CheckoutSection>
          <CheckoutSection title="Deliver to">
            <AddressFields form={address} section="shipping" />
          </CheckoutSection>
          <CheckoutSection title="Shipping">
            <ShippingChoice quote={quote.data} onChoose={setShippingMethod} />
          </CheckoutSection>
          <CheckoutSection title="Payment">
            {credit.coversAll ? (
              <p>Your credit covers this order. There is nothing else to pay.</p>
            ) : (
              <PaymentChoice
                methods={methods}
                input={payment}
                fault={fault}
                cardRef={cardFields}
                onInput={(input) => {
                  setPayment(input)
                  setFault(undefined)
                }}
                onSubmit={requestSubmit}
              />
            )}
            {cardTrouble && (
              <Alert tone="error" title="The card fields do not answer" className="mt-4">
                Nothing was charged. Reload the page, or choose another way to pay.
              </Alert>
            )}
          </CheckoutSection>
        </fieldset>
      </div>
      <div className="h-fit lg:sticky lg:top-6 xl:top-28">
        <OrderSummary
          quote={quote.data}
          isStale={quote.isPlaceholderData}
          after={<CreditShare credit={credit} />}
        >
          <PromotionField
            codes={quote.data?.codes}
            isChecking={quote.isFetching}
            onAdd={(code) => setCodes((known) => [...known.filter((other) => other !== code), code])}
            onRemove={(code) => setCodes((known) => known.filter((other) => other !== code))}
          />
          <CreditFields credit={credit} />
        </OrderSummary>
        <PayButton
          quote={quote.data}
          isQuoting={quote.isPlaceholderData}
          error={quote.error}
          isPlacing={state.status === 'placing'}
          isPaidLater={payment.type === 'cod' && !credit.coversAll}
          toPayMinor={credit.share.rest}
          blockedReason={
            state.status === 'unknown'
              ? 'Ask for the answer above first.'
              : (props.blockedReason ?? quote.data?.undeliverable ?? undefined)
          }
        />
      </div>
    </form>
  )
}

/** Only codes that make the total which is shown: others would be refused. */
function appliedCodes(quote: OrderQuote): string[] | undefined {
  const codes = quote.codes.flatMap(({ code, isApplied }) => (isApplied ? [code] : []))
  return codes.length > 0 ? codes : undefined
}

const noItems: OrderQuote['items'] = []
