import { customerKeys, customerLimitOf, isLimited, type Promotion } from './promotion.ts'

/** What an order takes of limited promotions. */
export type Claim = {
  promotionIds: string[]
  /** One entry for each promotion and each way the buyer is counted. */
  perCustomer: { promotionId: string; customer: string; most: number }[]
}

export function claimOf(
  promotions: readonly Promotion[],
  buyer: { userId: string | null; email: string | null },
): Claim {
  const limited = promotions.filter(isLimited)
  return {
    promotionIds: limited.map((promotion) => promotion.id),
    perCustomer: limited.flatMap((promotion) => {
      const most = customerLimitOf(promotion)
      if (most === null) return []
      return customerKeys(buyer).map((customer) => ({ promotionId: promotion.id, customer, most }))
    }),
  }
}

/**
 * Counts the order in the statement that writes it, which names it `placed`. Constraints refuse a count
 * above a limit and with it the whole statement, so nobody can be one too many. Rows are taken by id, so
 * that two orders with the same promotions cannot wait for each other.
 */
export function claimSql(first: number): string {
  const [promotions, of, customers, most] = [first, first + 1, first + 2, first + 3].map((n) => `$${n}`)
  return `claimed as (
       update promotion set used_count = used_count + 1
       from (select id from promotion where id = any(${promotions}::uuid[]) and exists (select 1 from placed)
             order by id for update) as taken
       where promotion.id = taken.id),
     counted as (
       insert into promotion_customer (promotion_id, customer, used_count, most)
       select claim.promotion_id, claim.customer, 1, claim.most
       from placed, unnest(${of}::uuid[], ${customers}::text[], ${most}::int[]) as claim(promotion_id, customer, most)
       order by 1, 2
       on conflict (promotion_id, customer)
         do update set used_count = promotion_customer.used_count + 1, most = excluded.most),
     taken_by as (
       insert into promotion_use (order_id, promotion_id, customers)
       select placed.id, claim.id, coalesce((
         select array_agg(per.customer) from unnest(${of}::uuid[], ${customers}::text[]) as per(promotion_id, customer)
         where per.promotion_id = claim.id), '{}')
       from placed, unnest(${promotions}::uuid[]) as claim(id))`
}

export function claimValues(claim: Claim): unknown[] {
  return [
    claim.promotionIds,
    claim.perCustomer.map(({ promotionId }) => promotionId),
    claim.perCustomer.map(({ customer }) => customer),
    claim.perCustomer.map(({ most }) => most),
  ]
}

/** The constraints that say that a promotion is used up. */
export const usedUpConstraints: readonly string[] = ['promotion_used_up', 'promotion_customer_used_up']
