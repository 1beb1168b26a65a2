import type { Charge } from '../charge/charge.ts'
import type { Refund } from '../refund/refund.ts'
import { openLogFile } from './log-file.ts'

export type EventRef = { id: string; type: string; createdAt: string }
/** The first answer to an Idempotency-Key. Its body is the charge or refund of the same change. */
export type AnswerRef = { key: string; hash: string; status: number }
/** What one request or timer did, written as one line so that it happened wholly or not at all. */
export type Change = {
  charge?: Charge
  refund?: Refund
  answer?: AnswerRef
  event?: EventRef
  /** When the customer approves by themselves. */
  approveAt?: string
}
export type StoredAnswer = { hash: string; status: number; body: string }
export type WebhookEvent = EventRef & { data: { charge?: Charge; refund?: Refund } }
type Line = Change & { delivered?: string[] }

/** Everything the provider knows, in memory; the log file makes it last. */
export function openLedger(path: string) {
  const charges = new Map<string, Charge>()
  const chargeByKey = new Map<string, string>()
  const chargeByAction = new Map<string, string>()
  const chargesByReference = new Map<string, string[]>()
  const refunds = new Map<string, Refund>()
  const refundByKey = new Map<string, string>()
  const refundsByCharge = new Map<string, string[]>()
  const answers = new Map<string, StoredAnswer>()
  const undelivered = new Map<string, WebhookEvent>()
  const approvals = new Map<string, number>()
  const expiries = new Map<string, number>()

  function apply(line: Line): void {
    if (line.charge) putCharge(line.charge)
    if (line.refund) putRefund(line.refund)
    if (line.answer) {
      const { key, hash, status } = line.answer
      answers.set(key, { hash, status, body: JSON.stringify(line.refund ?? line.charge) })
    }
    if (line.event) {
      const data = {
        ...(line.charge ? { charge: line.charge } : {}),
        ...(line.refund ? { refund: line.refund } : {}),
      }
      undelivered.set(line.event.id, { ...line.event, data })
    }
    if (line.charge && line.approveAt) approvals.set(line.charge.id, Date.parse(line.approveAt))
    for (const id of line.delivered ?? []) undelivered.delete(id)
  }

  function putCharge(charge: Charge): void {
    if (!charges.has(charge.id)) {
      chargeByKey.set(charge.idempotencyKey, charge.id)
      pushTo(chargesByReference, charge.reference, charge.id)
    }
    charges.set(charge.id, charge)
    if (charge.action) chargeByAction.set(actionIdOf(charge.action.url), charge.id)
    const due = charge.status === 'requires_action' ? charge.action?.expiresAt : charge.expiresAt
    expiries.delete(charge.id)
    if (due && (charge.status === 'requires_action' || charge.status === 'authorized'))
      expiries.set(charge.id, Date.parse(due))
    if (charge.status !== 'requires_action') approvals.delete(charge.id)
  }

  function putRefund(refund: Refund): void {
    if (!refunds.has(refund.id)) {
      refundByKey.set(refund.idempotencyKey, refund.id)
      pushTo(refundsByCharge, refund.charge, refund.id)
    }
    refunds.set(refund.id, refund)
  }

  const file = openLogFile(path, (line) => apply(line as Line))
  const all = <Item>(map: Map<string, Item>, ids: readonly string[]) => ids.flatMap((id) => map.get(id) ?? [])

  return {
    /** Writes the change down, then lets it be seen. */
    commit(change: Change): void {
      file.append(change)
      apply(change)
    },
    markDelivered(ids: readonly string[]): void {
      if (ids.length === 0) return
      file.append({ delivered: ids })
      for (const id of ids) undelivered.delete(id)
    },
    charge: (id: string) => charges.get(id),
    chargeByKey: (key: string) => charges.get(chargeByKey.get(key) ?? ''),
    /** The charge whose page has this id in its address. */
    chargeByAction: (id: string) => charges.get(chargeByAction.get(id) ?? ''),
    chargesByReference: (reference: string) => all(charges, chargesByReference.get(reference) ?? []),
    charges: () => charges.values(),
    refund: (id: string) => refunds.get(id),
    refunds: () => refunds.values(),
    refundByKey: (key: string) => refunds.get(refundByKey.get(key) ?? ''),
    refundsOf: (charge: string) => all(refunds, refundsByCharge.get(charge) ?? []),
    answer: (key: string) => answers.get(key),
    undelivered: () => undelivered.values(),
    /** Charges whose customer approves, or whose time ends, at or before `now`. */
    due(kind: 'approve' | 'expire', now: number): Charge[] {
      const times = kind === 'approve' ? approvals : expiries
      const ids = [...times].filter(([, at]) => at <= now).map(([id]) => id)
      return all(charges, ids)
    },
    counts: () => ({ charges: charges.size, refunds: refunds.size, webhooksWaiting: undelivered.size }),
    close: () => file.close(),
  }
}

export type Ledger = ReturnType<typeof openLedger>

function pushTo(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function actionIdOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}
