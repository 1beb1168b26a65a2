import type { ActivityEntry } from '@souk/api/contract'
import { formatMoney } from '@souk/kernel/format-money'

export const areaLabels: Readonly<Record<ActivityEntry['area'], string>> = {
  sign_ins: 'Sign-ins',
  accounts: 'Accounts',
  promotions: 'Promotions',
  taxes: 'Taxes',
  delivery: 'Delivery',
}

/** `roles_changed` reads as `Roles changed`. */
export function actionLabel(action: string): string {
  return action.charAt(0).toUpperCase() + action.slice(1).replaceAll('_', ' ')
}

/** What was so before and after, in one line; of what is long only the name. Blank when nothing changed. */
export function changeText({ action, details }: Pick<ActivityEntry, 'action' | 'details'>): string {
  if (!action.endsWith('_changed')) return ''
  if ('before' in details && 'after' in details) return stepText(details.before, details.after)
  return Object.entries(details)
    .map(([field, change]) => {
      const { before, after } = (change ?? {}) as { before?: unknown; after?: unknown }
      // Whether it is a share or an amount depends on a kind that the line does not tell.
      const step = field === 'value' ? '' : stepText(amountText(field, before), amountText(field, after))
      return [fieldLabel(field), step].filter((part) => part !== '').join(' ')
    })
    .join(', ')
}

const mostLetters = 40

function stepText(before: unknown, after: unknown): string {
  const [from, to] = [valueText(before), valueText(after)]
  return from === undefined || to === undefined ? '' : `${from} → ${to}`
}

/** Nothing for what a line has no room for. */
function valueText(value: unknown): string | undefined {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) {
    return value.every((part) => typeof part === 'string') ? short(value.join(', ') || 'nothing') : undefined
  }
  return typeof value === 'object' ? undefined : short(String(value))
}

const short = (text: string): string | undefined => (text.length > mostLetters ? undefined : text)

const inMinor = /Minor$/

function amountText(field: string, value: unknown): unknown {
  return inMinor.test(field) && typeof value === 'number'
    ? formatMoney({ amount: value, currency: 'EUR' })
    : value
}

/** `usageLimit` reads as `usage limit`, `minSubtotalMinor` as `min subtotal`. */
function fieldLabel(field: string): string {
  return field.replace(inMinor, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
