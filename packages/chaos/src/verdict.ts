import { setTimeout as delay } from 'node:timers/promises'
import { type CheckResult, runAudit } from '@souk/audit/run-audit'
import { type OpenSources, openSources } from '@souk/audit/sources'
import type { Shop } from '@souk/host/launch'
import { checkHistory, type OrderOfKey, type PaymentSums, type Purchase } from './history.ts'
import { compareWithProvider } from './provider-ledger.ts'

export type Verdict = {
  audit: CheckResult[]
  /** What contradicts what clients were told, or what the provider knows. */
  contradictions: string[]
  isClean: boolean
}

/**
 * Everything must be settled, and every check clean, before `deadlineAt`: asked again and again until it
 * is. Nothing is excused for being young, as it would be on a shop that goes on selling.
 */
export async function judge(shop: Shop, history: readonly Purchase[], deadlineAt: number): Promise<Verdict> {
  const sources = await openSources(shop.backing.databaseUrls, shop.backing.redisUrl, { graceSeconds: 0 })
  try {
    for (;;) {
      const verdict = await judgeNow(shop, sources, history)
      if (verdict.isClean || Date.now() > deadlineAt) return verdict
      await delay(1000)
    }
  } finally {
    await sources.close()
  }
}

async function judgeNow(shop: Shop, sources: OpenSources, history: readonly Purchase[]): Promise<Verdict> {
  const audit = await runAudit(sources, { retries: 0 })
  const orders = await sources.sql<OrderOfKey>(
    'order',
    `select o.command_key, o.id, o.status, o.total_minor,
       (select sum(quantity)::int from order_line where order_id = o.id) as quantity from orders o`,
  )
  const payments = await sources.sql<PaymentSums & { id: string }>(
    'payment',
    'select id, captured_minor, refunded_minor from payment',
  )
  const contradictions = [
    ...checkHistory(history, orders, new Map(payments.map((payment) => [payment.id, payment]))),
    ...(await compareWithProvider(shop, sources)),
  ]
  const isClean = contradictions.length === 0 && audit.every(({ offences }) => offences.length === 0)
  return { audit, contradictions, isClean }
}
