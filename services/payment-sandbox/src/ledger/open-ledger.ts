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
  /** The id of the newest charge that was forgotten. */
  forgottenThrough?: string
}

const usualCompactAboveBytes = 8 * 1024 * 1024
/** As long as a merchant may repeat a request with its key. */
const answersLiveMs = 24 * 3_600_000

/** So many charges are kept whatever their age; what is settled beyond them, and older than a day, is forgotten. */
export const usualKeptCharges = 20_000

/** Everything the provider knows, in memory; the log file makes it last. */
export function openLedger(
  path: string,
  compactAboveBytes = usualCompactAboveBytes,
  keptCharges = usualKeptCharges,
) {
  let forgottenThrough: string | null = null
  const charges = new Map<string, Charge>()
  const chargeByKey = new Map<string, string>()
  const chargeByAction = new Map<string, string>()
  const actionByCharge = new Map<string, string>()
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
    forgottenThrough = line.forgottenThrough ?? forgottenThrough
  }

  function putCharge(charge: Charge): void {
    if (!charges.has(charge.id)) {
      chargeByKey.set(charge.idempotencyKey, charge.id)
      pushTo(chargesByReference, charge.reference, charge.id)
    }
    charges.set(charge.id, charge)
    if (charge.action) {
      const actionId = actionIdOf(charge.action.url)
      chargeByAction.set(actionId, charge.id)
      actionByCharge.set(charge.id, actionId)
    }
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
    if (forgottenThrough !== null) yield { forgottenThrough }
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
    forgetSettled()
    file.replaceWith(snapshot())
    compactAbove = Math.max(compactAboveBytes, 2 * file.size())
  }

  function forgetOldAnswers(): void {
    const before = Date.now() - answersLiveMs
    for (const [key, { at }] of answers) if (at < before) answers.delete(key)
  }

  /** The oldest first; whoever asks for one of them is told that it was forgotten, not that it never was. */
  function forgetSettled(): void {
    const busy = new Set([...undelivered.values()].map(({ data }) => data.charge?.id ?? data.refund?.charge))
    const before = Date.now() - answersLiveMs
    const most = [...charges.values()].slice(0, Math.max(0, charges.size - keptCharges))
    for (const charge of most) {
      const isOpen = charge.status === 'requires_action' || charge.status === 'authorized'
      const own = all(refunds, refundsByCharge.get(charge.id) ?? [])
      const isSettled = !isOpen && !busy.has(charge.id) && own.every(({ status }) => status !== 'pending')
      if (!isSettled || Date.parse(charge.updatedAt) >= before) continue
      forget(charge, own)
      if (forgottenThrough === null || charge.id > forgottenThrough) forgottenThrough = charge.id
    }
  }

  function forget(charge: Charge, own: readonly Refund[]): void {
    charges.delete(charge.id)
    if (chargeByKey.get(charge.idempotencyKey) === charge.id) chargeByKey.delete(charge.idempotencyKey)
    const others = (chargesByReference.get(charge.reference) ?? []).filter((id) => id !== charge.id)
    if (others.length > 0) chargesByReference.set(charge.reference, others)
    else chargesByReference.delete(charge.reference)
    const actionId = actionByCharge.get(charge.id)
    if (actionId !== undefined) chargeByAction.delete(actionId)
    actionByCharge.delete(charge.id)
    refundsByCharge.delete(charge.id)
    for (const { id, idempotencyKey } of own) {
      refunds.delete(id)
      refundByKey.delete(idempotencyKey)
    }
  }

  const file = openLogFile(path, (line) => apply(line as Line))
  let compactAbove = compactAboveBytes
  if (file.size() > compactAboveBytes / 4) compact()

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
    /** Ids are ordered by time: of the ids up to here, those that are not there were forgotten. */
    forgottenThrough: () => forgottenThrough,
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

function all<Item>(map: Map<string, Item>, ids: readonly string[]): Item[] {
  return ids.flatMap((id) => map.get(id) ?? [])
}

function pushTo(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function actionIdOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}
