import { isId } from '@souk/kernel/id'
import { counter } from '@souk/service/metrics'
import type { PaymentContext } from '../context.ts'
import type { ReconciliationResult } from '../contract.ts'
import { applyCharge } from '../payment/apply-charge.ts'
import { chargeKeyOf } from '../payment/attempt-store.ts'
import type { PaymentRecord } from '../payment/payment.ts'
import { findPayment } from '../payment/payment-store.ts'
import type { ChargePage, ListedCharge, Outcome, Provider } from '../provider/provider.ts'
import { advanceRefund } from '../refund/advance-refund.ts'
import { findRefund } from '../refund/refund-store.ts'
import { closeGone, noteDifference } from './difference-store.ts'
import { differenceOf, type Found, sumsOf } from './reconciliation.ts'
import { claimRun, findOpenRefundIds, findPayments, findTaken, finishRun } from './run-store.ts'

const found = counter('souk_reconciliation_differences_total', 'Differences from providers’ lists.', [
  'provider',
  'kind',
  'outcome',
])
const longestLifeMs = 8 * 24 * 3_600_000

/** Compares our books with every provider's list, if the last time was longer ago than `everyMs`. */
export async function reconcile(ctx: PaymentContext, everyMs: number): Promise<ReconciliationResult> {
  const total = { looked: 0, healed: 0, differences: 0 }
  for (const provider of ctx.providers.all()) {
    const run = provider.listCharges && (await claimRun(ctx.db, provider.name, everyMs))
    if (!run) continue
    const result = await compare(ctx, provider, run.since)
    if (result) await finishRun(ctx.db, provider.name, { startedAt: run.startedAt, looked: result.looked })
    total.looked += result?.looked ?? 0
    total.healed += result?.healed ?? 0
    total.differences += result?.differences ?? 0
  }
  return total
}

/** Nothing when the provider did not answer to the end: the next comparison begins where this one did. */
async function compare(
  ctx: PaymentContext,
  provider: Provider,
  since: Date,
): Promise<ReconciliationResult | undefined> {
  const total = { looked: 0, healed: 0, differences: 0 }
  const seen = new Set<string>()
  for (let after: string | null = null, isMore = true; isMore; ) {
    const page: Outcome<ChargePage> | undefined = await provider.listCharges?.({ since, after })
    if (page?.kind !== 'answered') return undefined
    const settled = page.answer.items.filter(({ changedAt }) => isSettled(ctx, changedAt))
    for (const { reference } of page.answer.items) seen.add(reference)
    const ours = await findPayments(
      ctx.db,
      settled.map(({ reference }) => reference).filter((reference) => isId(reference)),
    )
    for (const theirs of settled) {
      total.looked += 1
      const outcome = await settleOne(ctx, provider, ours.get(theirs.reference), theirs)
      if (outcome === 'healed') total.healed += 1
      if (outcome === 'differs') total.differences += 1
    }
    after = page.answer.next
    isMore = after !== null
  }
  total.differences += await findMissing(ctx, provider, since, seen)
  return total
}

/** What changed a moment ago may be known to one side only. */
function isSettled(ctx: PaymentContext, at: Date): boolean {
  return ctx.clock.now().getTime() - at.getTime() >= ctx.settings.reconcileGraceMs
}

async function settleOne(
  ctx: PaymentContext,
  provider: Provider,
  payment: PaymentRecord | undefined,
  theirs: ListedCharge,
): Promise<'same' | 'healed' | 'differs' | 'young'> {
  const ours = payment?.provider === provider.name ? payment : undefined
  if (ours && !isSettled(ctx, ours.updatedAt)) return 'young'
  const difference = differenceOf(ours, theirs)
  if (!difference) {
    await closeGone(ctx.db, provider.name, { refs: [theirs.id], stillOpen: [] }, 'gone')
    return 'same'
  }
  const left = ours ? differenceOf(await heal(ctx, provider, ours), theirs) : difference
  await note(ctx, provider, left ?? difference, left === undefined)
  const stillOpen = left ? [`${left.kind} ${left.providerRef}`] : []
  await closeGone(ctx.db, provider.name, { refs: [theirs.id], stillOpen }, left ? 'gone' : 'healed')
  return left ? 'differs' : 'healed'
}

/** Asks the provider itself, and applies what it says as any other word of it. */
async function heal(ctx: PaymentContext, provider: Provider, payment: PaymentRecord): Promise<PaymentRecord> {
  const { id: reference, providerChargeId: chargeId, amountMinor, currency } = payment
  const key = await chargeKeyOf(ctx.db, reference)
  const said = await provider.findCharge({ key, chargeId, reference, amountMinor, currency })
  if (said.kind === 'answered' && said.answer) await applyCharge(ctx, payment, said.answer)
  for (const id of await findOpenRefundIds(ctx.db, reference)) {
    const refund = await findRefund(ctx.db.sql, id)
    if (refund) await advanceRefund(ctx, payment, refund, 'ask')
  }
  return (await findPayment(ctx.db.sql, reference)) ?? payment
}

/** Money in our books of which the provider's list knows nothing. */
async function findMissing(
  ctx: PaymentContext,
  provider: Provider,
  since: Date,
  seen: ReadonlySet<string>,
): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - ctx.settings.reconcileGraceMs)
  let count = 0
  // Ids begin with their time: what was made long before can only have been given back since.
  for (let afterId = idAt(since.getTime() - longestLifeMs), isMore = true; isMore; ) {
    const batch = await findTaken(ctx.db, provider.name, { since, before, afterId, limit: 500 })
    for (const payment of batch.filter(({ id }) => !seen.has(id))) {
      const missing = await missingOf(provider, payment)
      if (missing) {
        await note(ctx, provider, missing, false)
        count += 1
      } else await closeGone(ctx.db, provider.name, { refs: [payment.id], stillOpen: [] }, 'gone')
    }
    afterId = batch.at(-1)?.id ?? afterId
    isMore = batch.length === 500
  }
  return count
}

/** The list may leave out what last changed earlier at the provider; a question settles it. */
async function missingOf(provider: Provider, payment: PaymentRecord): Promise<Found | undefined> {
  const { id: reference, providerChargeId: chargeId, amountMinor, currency } = payment
  const said = await provider.findCharge({ key: '', chargeId, reference, amountMinor, currency })
  const isMissing =
    (said.kind === 'answered' && said.answer === null) ||
    (said.kind === 'refused' && said.code === 'not_found')
  if (!isMissing) return undefined
  return {
    kind: 'missing_charge',
    providerRef: payment.id,
    paymentId: payment.id,
    ours: sumsOf(payment),
    theirs: null,
    theirsChangedAt: payment.updatedAt,
  }
}

function idAt(ms: number): string {
  const time = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
}

async function note(ctx: PaymentContext, provider: Provider, what: Found, isHealed: boolean): Promise<void> {
  found.inc({ provider: provider.name, kind: what.kind, outcome: isHealed ? 'healed' : 'open' })
  ctx.log.warn({ ...what, provider: provider.name, isHealed }, 'our books and the provider’s list differ')
  await noteDifference(ctx.db, provider.name, what, isHealed)
}
