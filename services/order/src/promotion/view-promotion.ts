import type { StaffPromotion } from '../contract.ts'
import type { Promotion, Scope } from './promotion.ts'
import { toPromotion } from './promotion-row.ts'
import type { StaffRow } from './staff-store.ts'

export function viewPromotion(row: StaffRow, now: Date): StaffPromotion {
  const { usedCount, startsAt, endsAt, scope, offer, customers, ...same } = toPromotion(row)
  return {
    ...same,
    scope: viewScope(scope),
    offer: offer && { ...offer, get: offer.get && viewScope(offer.get) },
    customers: [...customers],
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    state: stateOf({ ...same, usedCount, startsAt, endsAt }, now),
    uses: row.uses,
    version: row.version,
    updatedAt: row.updated_at.toISOString(),
  }
}

function viewScope({ categories, products, skus }: Scope): StaffPromotion['scope'] {
  return { categories: [...categories], products: [...products], skus: [...skus] }
}

function stateOf(
  promotion: Pick<Promotion, 'isActive' | 'startsAt' | 'endsAt' | 'usageLimit' | 'usedCount'>,
  now: Date,
): StaffPromotion['state'] {
  if (promotion.endsAt && promotion.endsAt <= now) return 'over'
  if (!promotion.isActive) return 'paused'
  if (promotion.usageLimit !== null && promotion.usedCount >= promotion.usageLimit) return 'used_up'
  return promotion.startsAt && promotion.startsAt > now ? 'planned' : 'running'
}
