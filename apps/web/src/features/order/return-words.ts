import { formatMoney } from '@souk/kernel/format-money'
import type {
  ExchangeOption,
  FollowUp,
  Order,
  OrderedItem,
  OrderReturn,
  ReturnReason,
  ReturnStatus,
} from '@souk/order/contract'
import type { Tone } from '@souk/ui/badge'

type Words = { label: string; tone: Tone; next: string }

export const returnWords: Readonly<Record<ReturnStatus, Words>> = {
  requested: {
    label: 'Asked for',
    tone: 'warning',
    next: 'We look at it and write to you. Please keep the goods until then.',
  },
  approved: { label: 'Approved', tone: 'accent', next: 'Please send the goods back.' },
  declined: { label: 'Declined', tone: 'neutral', next: 'We could not take this return.' },
  received: { label: 'Arrived', tone: 'accent', next: 'The goods are with us. Your money comes next.' },
  refunding: { label: 'Refund under way', tone: 'accent', next: 'Your money is on its way back.' },
  completed: { label: 'Completed', tone: 'positive', next: 'This return is done.' },
}

export const returnReasonLabels: Readonly<Record<ReturnReason, string>> = {
  changed_mind: 'I changed my mind',
  damaged: 'It is damaged',
  wrong_item: 'It is not what I ordered',
  not_as_described: 'It is not as described',
  too_late: 'It came too late',
  other: 'Another reason',
}

const steps: readonly ReturnStatus[] = ['requested', 'approved', 'received', 'completed']
export const stepLabels: Partial<Record<ReturnStatus, string>> = {
  requested: 'Asked for',
  approved: 'Approved',
  received: 'Arrived',
  completed: 'Money back',
}

/** How far a return has come on its ordinary way; nothing for one that was declined. */
export function returnProgress({
  status,
}: Pick<OrderReturn, 'status'>): { steps: readonly ReturnStatus[]; reached: number } | undefined {
  if (status === 'declined') return undefined
  return { steps, reached: steps.indexOf(status === 'refunding' ? 'received' : status) }
}

type Countable = Pick<OrderedItem, 'sku' | 'name' | 'optionsLabel' | 'returnableQuantity'>
export type ReturnableLine = { sku: string; name: string; optionsLabel: string; left: number }

/** What the customer can still ask to return. A page that was open for long may be older than the time for it. */
export function returnableLines(
  order: Pick<Order, 'returnableUntil'> & { items: readonly Countable[] },
  now: Date,
): ReturnableLine[] {
  if (order.returnableUntil === null || now > new Date(order.returnableUntil)) return []
  return order.items
    .map(({ sku, name, optionsLabel, returnableQuantity: left }) => ({ sku, name, optionsLabel, left }))
    .filter(({ left }) => left > 0)
}

/** A variant in a list of what can be had instead of the money. */
export function exchangeWords(
  option: Pick<ExchangeOption, 'optionsLabel' | 'isSame' | 'isAvailable' | 'toPay' | 'refund'>,
): string {
  const which = option.isSame ? 'The same again' : `Exchange for ${option.optionsLabel}`
  if (!option.isAvailable) return `${which} (sold out)`
  if (option.toPay.amount > 0) return `${which} (${formatMoney(option.toPay)} to pay)`
  if (option.refund.amount > 0) return `${which} (${formatMoney(option.refund)} back)`
  return `${which} (nothing to pay)`
}

/** What the customer is told of the exchange of a return. */
export function exchangeStateWords(exchange: Pick<FollowUp, 'state' | 'lines' | 'payment'>): string {
  const what = exchange.lines
    .map(({ quantity, name, optionsLabel }) =>
      [`${quantity} × ${name}`, optionsLabel].filter(Boolean).join(', '),
    )
    .join('; ')
  switch (exchange.state) {
    case 'preparing':
    case 'open':
      return `We hold for you: ${what}. It leaves once your goods are with us.`
    case 'started':
      return exchange.payment === null
        ? `We are preparing what you get instead: ${what}.`
        : `We hold for you: ${what}. Pay the difference and we send it.`
    case 'placed':
      return `You get instead: ${what}.`
    case 'ended':
      return `The exchange for ${what} did not come about. What you paid goes back to you.`
  }
}
