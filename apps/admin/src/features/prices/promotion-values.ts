import type { CreatePromotion, StaffPromotion } from '@souk/order/contract'
import { amountText, parseAmount } from '../../money-text.ts'

/** A promotion as its form holds it: texts as they are typed. */
export type PromotionValues = {
  name: string
  isAutomatic: boolean
  code: string
  kind: StaffPromotion['kind']
  /** Per cent or euros, by kind. */
  value: string
  buyQuantity: string
  getQuantity: string
  maxSets: string
  givesOther: boolean
  getCategories: string
  getSkus: string
  categories: string
  skus: string
  minSubtotal: string
  minQuantity: string
  customers: string
  isFirstOrder: boolean
  isExclusive: boolean
  priority: string
  usageLimit: string
  perCustomerLimit: string
  startsAt: string
  endsAt: string
}
type Rules = Omit<CreatePromotion, 'id' | 'isActive'>
export type Faults = Partial<Record<keyof PromotionValues, string>>

export const emptyValues: PromotionValues = {
  name: '',
  isAutomatic: false,
  code: '',
  kind: 'percentage',
  value: '10',
  buyQuantity: '2',
  getQuantity: '1',
  maxSets: '',
  givesOther: false,
  getCategories: '',
  getSkus: '',
  categories: '',
  skus: '',
  minSubtotal: '',
  minQuantity: '',
  customers: '',
  isFirstOrder: false,
  isExclusive: false,
  priority: '0',
  usageLimit: '',
  perCustomerLimit: '',
  startsAt: '',
  endsAt: '',
}

const list = (values: readonly string[]) => values.join(', ')
const count = (value: number | null) => (value === null || value === 0 ? '' : String(value))

export function valuesOf(promotion: StaffPromotion): PromotionValues {
  const { offer, scope } = promotion
  return {
    name: promotion.name,
    isAutomatic: promotion.code === null,
    code: promotion.code ?? '',
    kind: promotion.kind,
    value: amountText(promotion.value).replace(/\.00$/, ''),
    buyQuantity: String(offer?.buyQuantity ?? 2),
    getQuantity: String(offer?.getQuantity ?? 1),
    maxSets: count(offer?.maxSets ?? null),
    givesOther: Boolean(offer?.get),
    getCategories: list(offer?.get?.categories ?? []),
    getSkus: list(offer?.get?.skus ?? []),
    categories: list(scope.categories),
    skus: list(scope.skus),
    minSubtotal: promotion.minSubtotalMinor === 0 ? '' : amountText(promotion.minSubtotalMinor),
    minQuantity: count(promotion.minQuantity),
    customers: promotion.customers.join('\n'),
    isFirstOrder: promotion.isFirstOrder,
    isExclusive: promotion.isExclusive,
    priority: String(promotion.priority),
    usageLimit: count(promotion.usageLimit),
    perCustomerLimit: count(promotion.perCustomerLimit),
    startsAt: localTime(promotion.startsAt),
    endsAt: localTime(promotion.endsAt),
  }
}

/** What is sent, or what has to be put right first. `products` are not edited here and stay as they are. */
export function rulesOf(
  values: PromotionValues,
  products: readonly string[] = [],
): { rules: Rules } | { faults: Faults } {
  const faults: Faults = {}
  const amount = (field: 'value' | 'minSubtotal', what: string) => {
    const text = values[field].trim()
    const parsed = text === '' ? 0 : parseAmount(text)
    if (parsed === undefined) faults[field] = what
    return parsed ?? 0
  }
  const whole = (field: 'maxSets' | 'minQuantity' | 'usageLimit' | 'perCustomerLimit') => {
    const text = values[field].trim()
    if (text === '') return null
    if (!/^[1-9]\d{0,6}$/.test(text)) faults[field] = 'A whole number of 1 or more, or blank.'
    return Number(text)
  }
  const pieces = (field: 'buyQuantity' | 'getQuantity') => {
    if (!/^[1-9]\d{0,2}$/.test(values[field].trim())) faults[field] = 'A whole number of 1 or more.'
    return Number(values[field])
  }
  if (values.name.trim() === '') faults.name = 'Give it a name: buyers see it.'
  if (!values.isAutomatic && !/^\S+$/.test(values.code.trim())) faults.code = 'One word, without spaces.'
  if (!/^-?\d{1,4}$/.test(values.priority.trim())) faults.priority = 'A whole number; 0 is usual.'
  const isShare = values.kind === 'percentage' || values.kind === 'buy_x_get_y'
  const value =
    values.kind === 'free_shipping'
      ? 0
      : amount('value', isShare ? 'A number of per cent.' : 'An amount in euros.')
  if (values.kind !== 'free_shipping' && !faults.value && (value < 1 || (isShare && value > 10_000))) {
    faults.value = isShare ? 'More than 0 and at most 100 per cent.' : 'More than nothing.'
  }
  const startsAt = utcTime(values.startsAt)
  const endsAt = utcTime(values.endsAt)
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt) faults.endsAt = 'After the start.'
  const offer =
    values.kind === 'buy_x_get_y'
      ? {
          buyQuantity: pieces('buyQuantity'),
          getQuantity: pieces('getQuantity'),
          maxSets: whole('maxSets'),
          get: values.givesOther
            ? { categories: words(values.getCategories), products: [], skus: words(values.getSkus) }
            : null,
        }
      : null
  if (offer?.get && offer.get.categories.length + offer.get.skus.length === 0) {
    faults.getSkus = 'Name what is given.'
  }
  const rules: Rules = {
    name: values.name.trim(),
    code: values.isAutomatic ? null : values.code.trim(),
    kind: values.kind,
    value,
    scope: { categories: words(values.categories), products: [...products], skus: words(values.skus) },
    offer,
    minSubtotalMinor: amount('minSubtotal', 'An amount in euros, or blank.'),
    minQuantity: whole('minQuantity') ?? 0,
    customers: words(values.customers.toLowerCase()),
    isFirstOrder: values.isFirstOrder,
    isExclusive: values.isExclusive,
    priority: Number(values.priority),
    usageLimit: whole('usageLimit'),
    perCustomerLimit: whole('perCustomerLimit'),
    startsAt,
    endsAt,
  }
  return Object.keys(faults).length > 0 ? { faults } : { rules }
}

/** Which field a fault the shop found belongs to. */
export function fieldOf(path: string): keyof PromotionValues | undefined {
  const [first = '', second = ''] = path.split('.')
  if (first === 'offer')
    return second === 'buyQuantity' || second === 'getQuantity' || second === 'maxSets' ? second : 'getSkus'
  if (first === 'scope') return second === 'categories' ? 'categories' : 'skus'
  if (first === 'minSubtotalMinor') return 'minSubtotal'
  return first in emptyValues ? (first as keyof PromotionValues) : undefined
}

function words(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** For a field of the browser, which speaks the reader's own time. */
function localTime(iso: string | null): string {
  if (iso === null) return ''
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function utcTime(local: string): string | null {
  return local === '' || Number.isNaN(Date.parse(local)) ? null : new Date(local).toISOString()
}
