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
export type StoredAnswer = { hash: string; status: number; body: string; at: number }
export type WebhookEvent = EventRef & { data: { charge?: Charge; refund?: Refund } }
type Line = Change & {
  delivered?: string[]
  stored?: StoredAnswer & { key: string }
  waiting?: WebhookEvent
}

const usualCompactAboveBytes = 8 * 1024 * 1024
/** As long as a merchant may repeat a request with its key. */
const answersLiveMs = 24 * 3_600_000

/** Everything the provider knows, in memory; the log file makes it last. */
export function openLedger(path: string, compactAboveBytes = usualCompactAboveBytes) {
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
      const thing = line.refund ?? line.charge
      const at = Date.parse(thing?.updatedAt ?? '')
      answers.set(key, { hash, status, body: JSON.stringify(thing), at })
    }
    if (line.stored) {
      const { key, ...stored } = line.stored
      answers.set(key, stored)
    }
    if (line.waiting) undelivered.set(line.waiting.id, line.waiting)
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

  /** The least that has to be written down for all of this to be known again. */
  function* snapshot(): Generator<Line> {
    for (const charge of charges.values()) {
      const approveAt = approvals.get(charge.id)
      yield {
        charge,
        ...(approveAt === undefined ? {} : { approveAt: new Date(approveAt).toISOString() }),
      }
    }
    for (const refund of refunds.values()) yield { refund }
    for (const [key, stored] of answers) yield { stored: { key, ...stored } }
    for (const event of undelivered.values()) yield { waiting: event }
  }

  /** When most of the log has been overtaken by later lines. */
  function compact(): void {
    forgetOldAnswers()
    file.replaceWith(snapshot())
    compactAbove = Math.max(compactAboveBytes, 2 * file.size())
  }

  function forgetOldAnswers(): void {
    const before = Date.now() - answersLiveMs
    for (const [key, { at }] of answers) if (at < before) answers.delete(key)
  }

  const file = openLogFile(path, (line) => apply(line as Line))
  let compactAbove = compactAboveBytes
  if (file.size() > compactAboveBytes / 4) compact()
  const all = <Item>(map: Map<string, Item>, ids: readonly string[]) => ids.flatMap((id) => map.get(id) ?? [])

  return {
    /** Writes the change down, then lets it be seen. */
    commit(change: Change): void {
      file.append(change)
      apply(change)
      if (file.size() > compactAbove) compact()
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
