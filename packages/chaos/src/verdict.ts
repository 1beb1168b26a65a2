import { setTimeout as delay } from 'node:timers/promises'
import { type CheckResult, runAudit } from '@souk/audit/run-audit'
import { type OpenSources, openSources } from '@souk/audit/sources'
import type { Shop } from '@souk/host/launch'
import { checkHistory, type OrderOfKey, type PaymentSums } from './history.ts'
import type { Load } from './load.ts'
import { compareWithProvider } from './provider-ledger.ts'
import { checkPapers, type FoundPaper } from './stock-work.ts'

export type Verdict = {
  audit: CheckResult[]
  /** What contradicts what clients were told, or what the provider knows. */
  contradictions: string[]
  isClean: boolean
}

type Told = Pick<Load, 'history' | 'papers'>

/**
 * Everything must be settled, and every check clean, before `deadlineAt`: asked again and again until it
 * is. Nothing is excused for being young, as it would be on a shop that goes on selling.
 */
export async function judge(shop: Shop, told: Told, deadlineAt: number): Promise<Verdict> {
  const sources = await openSources(shop.backing.databaseUrls, shop.backing.redisUrl, { graceSeconds: 0 })
  try {
    for (;;) {
      const verdict = await judgeNow(shop, sources, told)
      if (verdict.isClean || Date.now() > deadlineAt) return verdict
      await delay(1000)
    }
  } finally {
    await sources.close()
  }
}

async function judgeNow(shop: Shop, sources: OpenSources, told: Told): Promise<Verdict> {
  const audit = await runAudit(sources, { retries: 0 })
  const orders = await sources.sql<OrderOfKey>(
    'order',
    `select case o.caller when 'draft' then split_part(o.command_key, ':', 1) else o.command_key end as command_key,
       o.id, o.status, o.total_minor, line.quantity, line.shipped,
       (select count(*)::int from return_request r where r.order_id = o.id) as returns,
       (select count(*)::int from follow_up f where f.origin_id = o.id and f.promised_at is not null) as follow_ups,
       exists (select from follow_up f where f.order_id = o.id) as is_follow_up
     from orders o cross join lateral (
       select sum(quantity)::int as quantity, sum(shipped_quantity)::int as shipped
       from order_line where order_id = o.id) line`,
  )
  const payments = await sources.sql<PaymentSums & { id: string }>(
    'payment',
    `select id, captured_minor, refunded_minor + credit_given_minor as refunded_minor from payment`,
  )
  const papers = await sources.sql<FoundPaper>(
    'inventory',
    `select 'transfer' as kind, note from transfer union all select 'count', note from stock_count`,
  )
  const contradictions = [
    ...checkPapers(told.papers, papers),
    ...checkHistory(told.history, orders, new Map(payments.map((payment) => [payment.id, payment]))),
    ...(await compareWithProvider(shop, sources)),
  ]
  const isClean = contradictions.length === 0 && audit.every(({ offences }) => offences.length === 0)
  return { audit, contradictions, isClean }
}
