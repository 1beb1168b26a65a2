'use client'

import { countryName } from '@souk/kernel/countries'
import { formatMoney } from '@souk/kernel/format-money'
import type { OfferedDraft, PlaceDraft, PlacedOrder, PlaceResult } from '@souk/order/contract'
import type { PaymentMethod } from '@souk/payment/contract'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { type FormEvent, useCallback, useRef, useState } from 'react'
import { Thumbnail } from '../../thumbnail.tsx'
import type { CardFieldsHandle } from './card-fields.tsx'
import { readCardToken } from './card-token.ts'
import { CheckoutSection } from './checkout-section.tsx'
import { Row } from './order-summary.tsx'
import { PaymentChoice, paymentFieldId } from './payment-choice.tsx'
import { noPayment, type PaymentFault, readPayment } from './payment-input.ts'
import { usePaymentMethods } from './use-payment-methods.ts'

type Answer = PlaceResult | { status: 'failed'; message: string } | { status: 'unknown' }
type DraftPaymentProps = {
  draft: OfferedDraft
  onPlace: (input: Omit<PlaceDraft, 'draftToken'>) => Promise<Answer>
  onPlaced: (order: PlacedOrder) => Promise<void>
  /** The draft is not what is shown any more. */
  onChanged: () => void
}

/** What staff put together, and how to pay it. A draft becomes one order, so pressing twice is harmless. */
export function DraftPayment({ draft, onPlace, onPlaced, onChanged }: DraftPaymentProps) {
  const [payment, setPayment] = useState(noPayment)
  const [fault, setFault] = useState<PaymentFault | undefined>()
  const [problem, setProblem] = useState<{ title: string; text: string }>()
  const [isPlacing, setIsPlacing] = useState(false)
  const methods = usePaymentMethods()
  const cardFields = useRef<CardFieldsHandle>(null)
  const form = useRef<HTMLFormElement>(null)
  const requestSubmit = useCallback(() => form.current?.requestSubmit(), [])

  async function readMethod(): Promise<PaymentMethod | undefined> {
    const token =
      payment.type === 'card' ? await readCardToken(methods.data?.card, cardFields.current) : undefined
    if (payment.type === 'card' && token === undefined) return undefined
    const read = readPayment(payment, token)
    setFault('fault' in read ? read.fault : undefined)
    if ('method' in read) return read.method
    document.getElementById(paymentFieldId(read.fault.field))?.focus()
    return undefined
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (isPlacing) return
    setProblem(undefined)
    setIsPlacing(true)
    try {
      const paymentMethod = await readMethod().catch(() => setProblem(noCardFields))
      if (!paymentMethod) return
      const answer = await onPlace({ id: draft.id, paymentMethod, expectedTotal: draft.totals.total })
      if (answer.status === 'placed') return await onPlaced(answer.order)
      if (answer.status === 'price_changed' || answer.status === 'failed') onChanged()
      setProblem(problemOf(answer, draft))
    } catch {
      setProblem(noAnswer)
    } finally {
      setIsPlacing(false)
    }
  }

  const amount = formatMoney(draft.followUp?.toPay ?? draft.totals.total)
  const to = draft.shippingAddress
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid gap-x-16 gap-y-10 lg:grid-cols-[1fr_24rem]"
    >
      <div className="flex min-w-0 flex-col gap-10">
        {problem && (
          <Alert tone="error" title={problem.title}>
            {problem.text}
          </Alert>
        )}
        {draft.note && <p className="max-w-read whitespace-pre-line">{draft.note}</p>}
        <CheckoutSection title="Deliver to">
          <address className="not-italic">
            {[to.name, to.line1, to.line2, `${to.postalCode} ${to.city}`, to.region, countryName(to.country)]
              .filter(Boolean)
              .map((line) => (
                <span key={line} className="block">
                  {line}
                </span>
              ))}
          </address>
          <p className="mt-2 text-ink-soft">
            {draft.shippingMethod.name}. News goes to {draft.email}.
          </p>
        </CheckoutSection>
        <CheckoutSection title="Payment">
          <fieldset disabled={isPlacing} className="min-w-0">
            <PaymentChoice
              methods={methods}
              input={payment}
              // What is beside money of another order is paid at once.
              isOnlineOnly={(draft.followUp?.moved.amount ?? 0) > 0}
              fault={fault}
              cardRef={cardFields}
              onInput={(input) => {
                setPayment(input)
                setFault(undefined)
              }}
              onSubmit={requestSubmit}
            />
          </fieldset>
        </CheckoutSection>
      </div>
      <section aria-labelledby="draft-items" className="h-fit lg:sticky lg:top-6 xl:top-28">
        <h2 id="draft-items" className="display mb-4 text-xl">
          Your order
        </h2>
        <ul aria-label="Items" className="mb-4 divide-y divide-line border-line border-y">
          {draft.lines.map((line) => (
            <li key={line.sku} className="grid grid-cols-[4rem_1fr_auto] items-start gap-4 py-3">
              <Thumbnail url={line.imageUrl} />
              <div className="min-w-0">
                <p>{line.name}</p>
                {line.optionsLabel && <p className="text-ink-soft text-sm">{line.optionsLabel}</p>}
                <p className="figures text-ink-soft text-sm">
                  {line.quantity} × {formatMoney(line.unitPrice)}
                </p>
              </div>
              <p className="figures">{formatMoney(line.total)}</p>
            </li>
          ))}
        </ul>
        <DraftTotals totals={draft.totals} />
        {draft.followUp && draft.followUp.moved.amount > 0 && (
          <dl className="mt-3 flex flex-col gap-1.5">
            <Row term={`From order ${draft.followUp.orderNumber}`} amount={draft.followUp.moved} isTakenOff />
            <div className="flex items-baseline justify-between gap-4">
              <dt className="font-medium">To pay</dt>
              <dd className="figures text-xl">{formatMoney(draft.followUp.toPay)}</dd>
            </div>
          </dl>
        )}
        <Button
          type="submit"
          size="large"
          isWide
          className="mt-6"
          isLoading={isPlacing}
          loadingLabel="Placing your order"
        >
          {payment.type === 'cod' ? `Order, pay ${amount} on delivery` : `Pay ${amount}`}
        </Button>
      </section>
    </form>
  )
}

function DraftTotals({ totals }: Pick<OfferedDraft, 'totals'>) {
  return (
    <dl className="flex flex-col gap-1.5">
      <Row term="Subtotal" amount={totals.subtotal} />
      {totals.discount.amount > 0 && <Row term="Discount" amount={totals.discount} isTakenOff />}
      <Row term="Shipping" amount={totals.shipping} isFree={totals.shipping.amount === 0} />
      {!totals.pricesIncludeTax && <Row term="Plus tax" amount={totals.tax} />}
      <div className="mt-2 flex items-baseline justify-between gap-4 border-line border-t pt-3">
        <dt className="font-medium">Total</dt>
        <dd className="figures text-xl">{formatMoney(totals.total)}</dd>
      </div>
      {totals.pricesIncludeTax && <Row term="Includes VAT" amount={totals.tax} />}
    </dl>
  )
}

const noCardFields = {
  title: 'The card fields do not answer',
  text: 'Nothing was charged. Reload the page, or choose another way to pay.',
}
const noAnswer = {
  title: 'We have no answer yet',
  text: 'Your order may have arrived. Pressing the button again is safe: it cannot order or charge twice.',
}

function problemOf(answer: Exclude<Answer, { status: 'placed' }>, draft: OfferedDraft) {
  switch (answer.status) {
    case 'unknown':
      return noAnswer
    case 'failed':
      return { title: 'The order was not placed', text: `${answer.message} Nothing was charged.` }
    case 'payment_declined':
      return {
        title: 'The payment was declined',
        text: `${answer.message} Nothing was charged. Try another card or another way to pay.`,
      }
    case 'price_changed':
      return {
        title: 'The order was changed',
        text: `Its total is now ${formatMoney(answer.totals.total)}. Nothing was ordered or charged. Look at it again.`,
      }
    case 'out_of_stock': {
      const names = answer.lines.map(({ sku }) => draft.lines.find((line) => line.sku === sku)?.name ?? sku)
      return {
        title: 'Not everything is in stock any more',
        text: `${names.join(', ')}: not enough is left. Nothing was ordered or charged. Write to us, and we will change the order.`,
      }
    }
  }
}
