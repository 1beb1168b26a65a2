import type { Offer, Promotion, PromotionKind, Scope } from './promotion.ts'

export type PromotionRow = {
  id: string
  code: string | null
  name: string
  kind: PromotionKind
  value: number
  scope: Partial<Scope>
  offer: (Omit<Offer, 'get'> & { get: Partial<Scope> | null }) | null
  min_subtotal_minor: number
  min_quantity: number
  customers: string[]
  is_first_order: boolean
  is_exclusive: boolean
  priority: number
  is_active: boolean
  usage_limit: number | null
  per_customer_limit: number | null
  used_count: number
  starts_at: Date | null
  ends_at: Date | null
  version: number
  updated_at: Date
}

export function toPromotion(row: PromotionRow): Promotion {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    value: row.value,
    scope: fullScope(row.scope),
    offer: row.offer && { ...row.offer, get: row.offer.get && fullScope(row.offer.get) },
    minSubtotalMinor: row.min_subtotal_minor,
    minQuantity: row.min_quantity,
    customers: row.customers,
    isFirstOrder: row.is_first_order,
    isExclusive: row.is_exclusive,
    priority: row.priority,
    isActive: row.is_active,
    usageLimit: row.usage_limit,
    perCustomerLimit: row.per_customer_limit,
    usedCount: row.used_count,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  }
}

function fullScope({ categories = [], products = [], skus = [] }: Partial<Scope>): Scope {
  return { categories, products, skus }
}
