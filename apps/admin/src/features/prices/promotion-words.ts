import type { StaffPromotion } from '@souk/order/contract'
import type { Tone } from '@souk/ui/badge'
import { minorText } from '../../frame/format.ts'

export const kindLabels: Record<StaffPromotion['kind'], string> = {
  percentage: 'Per cent off',
  amount: 'Amount off',
  free_shipping: 'Free delivery',
  buy_x_get_y: 'Buy some, get some',
}

export const stateWords: Record<StaffPromotion['state'], { label: string; tone: Tone }> = {
  running: { label: 'Running', tone: 'positive' },
  planned: { label: 'Planned', tone: 'accent' },
  paused: { label: 'Paused', tone: 'neutral' },
  over: { label: 'Over', tone: 'neutral' },
  used_up: { label: 'Used up', tone: 'warning' },
}

/** What it gives, in a few words. */
export function offerText({ kind, value, offer }: Pick<StaffPromotion, 'kind' | 'value' | 'offer'>): string {
  switch (kind) {
    case 'percentage':
      return `${value / 100} % off`
    case 'amount':
      return `${minorText(value)} off`
    case 'free_shipping':
      return 'Free delivery'
    case 'buy_x_get_y': {
      const share = value === 10_000 ? 'free' : `${value / 100} % off`
      return `Buy ${offer?.buyQuantity ?? 0}, get ${offer?.getQuantity ?? 0} ${share}`
    }
  }
}
