import { formatMoney } from '@souk/kernel/format-money'
import type { ExchangeOption, ExchangeVariant, FollowUp } from '@souk/order/contract'
import type { SelectOption } from '@souk/ui/select-field'

/** What staff choose from for a line. What the customer wished for stays there, whatever is sold today. */
export function exchangeChoices(
  options: readonly ExchangeOption[],
  wished: ExchangeVariant | null,
): SelectOption[] {
  const isListed = wished === null || options.some(({ sku }) => sku === wished.sku)
  return [
    { value: '', label: 'Money back' },
    ...(isListed ? [] : [{ value: wished.sku, label: labelOf(wished) }]),
    ...options.map((option) => ({
      value: option.sku,
      label: `${option.isSame ? 'The same again' : labelOf(option)} (${costOf(option)})`,
      isDisabled: !option.isAvailable,
    })),
  ]
}

function labelOf({ name, optionsLabel }: Pick<ExchangeVariant, 'name' | 'optionsLabel'>): string {
  return optionsLabel || name
}

function costOf({ isAvailable, toPay, refund }: ExchangeOption): string {
  if (!isAvailable) return 'sold out'
  if (toPay.amount > 0) return `${formatMoney(toPay)} to pay`
  return refund.amount > 0 ? `${formatMoney(refund)} back` : 'even'
}

const ends: Record<NonNullable<FollowUp['reason']>, string> = {
  not_promised: 'It ended.',
  withdrawn: 'It was taken back.',
  expired: 'It was not paid in time.',
  out_of_stock: 'The goods were not there any more.',
  declined: 'The payment was refused.',
  cancelled: 'The order was cancelled.',
  origin_cancelled: 'The order was cancelled.',
}

/** How an exchange stands, for staff. */
export function exchangeStateText({
  state,
  reason,
  payment,
}: Pick<FollowUp, 'state' | 'reason' | 'payment'>): string {
  switch (state) {
    case 'preparing':
    case 'open':
      return 'Held until the goods are here.'
    case 'started':
      return payment === null ? 'Being ordered.' : 'Waits for the customer to pay the difference.'
    case 'placed':
      return 'Ordered.'
    case 'ended':
      return reason === null ? 'It ended.' : ends[reason]
  }
}
