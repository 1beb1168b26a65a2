import { randomBytes } from 'node:crypto'
import { newId } from '@souk/kernel/id'
import {
  type Charge,
  cancel,
  capture,
  decline,
  expire,
  later,
  Refused,
  refunded,
  refundReversed,
  succeed,
} from './charge/charge.ts'
import { type Behaviour, labelOf, type MethodInput } from './charge/methods.ts'
import type { SandboxEnv } from './env.ts'
import type { AnswerRef, Change, Ledger, WebhookEvent } from './ledger/open-ledger.ts'
import { type Refund, settleRefund } from './refund/refund.ts'
import type { Delivery, Dispatcher } from './webhook/dispatch.ts'

export type ChargeInput = {
  amount: number
  currency: string
  method: MethodInput
  capture: boolean
  reference: string
  returnUrl: string
}
export type RefundInput = { charge: string; amount: number; reference: string }
type Keyed = { key: string; hash: string }
/** `webhook` resolves when the merchant has accepted the webhook of this change. */
export type Done<Thing> = { status: number; thing: Thing; webhook: Promise<void> }

const customerDeclined = { code: 'customer_declined', message: 'The customer declined the payment.' }

const bankRefused = { code: 'bank_refused', message: 'Your bank or wallet did not accept the payment.' }

/** What the provider does: each function is one change in the ledger and one webhook. */
export function createProvider(options: {
  env: SandboxEnv
  ledger: Ledger
  dispatcher: Dispatcher
  now: () => Date
}) {
  const { env, ledger, dispatcher, now } = options

  function commit(change: Change, type: string, delivery: Delivery = {}): Promise<void> {
    const event = { id: `evt_${newId().replaceAll('-', '')}`, type, createdAt: now().toISOString() }
    if (delivery.isLost) {
      ledger.commit(change)
      return Promise.resolve()
    }
    ledger.commit({ ...change, event })
    const { charge, refund } = change
    const data = { ...(charge ? { charge } : {}), ...(refund ? { refund } : {}) }
    const sent: WebhookEvent = { ...event, data }
    return dispatcher.publish(sent, delivery)
  }

  function save(charge: Charge, answer?: AnswerRef, delivery?: Delivery): Promise<void> {
    const change = { charge, ...(answer ? { answer } : {}) }
    return commit(change, `charge.${charge.status}`, delivery)
  }

  function charge(input: ChargeInput, behaviour: Behaviour, keyed: Keyed, delivery?: Delivery): Done<Charge> {
    const at = now()
    const blank = newCharge(input, behaviour, keyed.key, at)
    const answer = { ...keyed, status: 201 }
    if (behaviour.outcome === 'succeed') {
      const done = succeed(blank, at, env.SANDBOX_AUTHORIZATION_MS)
      return { status: 201, thing: done, webhook: save(done, answer, delivery) }
    }
    if (behaviour.outcome === 'decline') {
      const refused = decline(blank, behaviour.failure ?? customerDeclined, at)
      return { status: 201, thing: refused, webhook: save(refused, answer, delivery) }
    }
    const waiting = { ...blank, action: actionFor(behaviour, at) }
    const approveAt = behaviour.isApprovedSoon ? later(at, env.SANDBOX_APPROVE_AFTER_MS) : undefined
    const change = { charge: waiting, answer, ...(approveAt ? { approveAt } : {}) }
    return { status: 201, thing: waiting, webhook: commit(change, 'charge.requires_action', delivery) }
  }

  function actionFor(behaviour: Behaviour, at: Date): Charge['action'] {
    const kind = behaviour.action ?? '3ds'
    const lifetimeMs = kind === 'upi' ? env.SANDBOX_UPI_EXPIRES_MS : env.SANDBOX_REDIRECT_EXPIRES_MS
    const url = `${env.SANDBOX_PUBLIC_URL}/${kind}/${randomBytes(16).toString('hex')}`
    return { type: kind === 'upi' ? 'approve' : 'redirect', kind, url, expiresAt: later(at, lifetimeMs) }
  }

  function refund(input: RefundInput, keyed: Keyed, how: RefundCourse, delivery?: Delivery): Done<Refund> {
    const of = existing(input.charge)
    const at = now()
    const after = refunded(of, input.amount, at)
    const made = newRefund(input, of, keyed.key, at)
    const settled = how === 'at_once' ? settleRefund(made, 'succeeded', at) : made
    const change = { charge: after, refund: settled, answer: { ...keyed, status: 201 } }
    const webhook = commit(change, `refund.${settled.status}`, delivery)
    return { status: 201, thing: settled, webhook }
  }

  /** The bank's later word about a refund that was pending. */
  function finishRefund(id: string, status: 'succeeded' | 'failed'): void {
    const pending = ledger.refund(id)
    if (pending?.status !== 'pending') return
    const settled = settleRefund(pending, status, now())
    const of = existing(pending.charge)
    const after = status === 'failed' ? refundReversed(of, pending.amount, now()) : of
    void commit({ charge: after, refund: settled }, `refund.${status}`, {})
  }

  function existing(id: string): Charge {
    const found = ledger.charge(id)
    if (found) return found
    const through = ledger.forgottenThrough()
    if (through !== null && /^ch_[0-9a-f]{32}$/.test(id) && id <= through)
      throw new Refused(410, 'forgotten', 'This charge was settled long ago and is not kept any more.')
    throw new Refused(404, 'not_found', 'There is no such charge.')
  }

  return {
    charge,
    refund,
    finishRefund,
    existing,
    capture(
      id: string,
      how: { amount: number | undefined; isFinal: boolean },
      keyed: Keyed,
      delivery?: Delivery,
    ): Done<Charge> {
      const done = capture(existing(id), how, now())
      return { status: 200, thing: done, webhook: save(done, { ...keyed, status: 200 }, delivery) }
    },
    cancel(id: string, keyed: Keyed, delivery?: Delivery): Done<Charge> {
      const done = cancel(existing(id), now())
      return { status: 200, thing: done, webhook: save(done, { ...keyed, status: 200 }, delivery) }
    },
    /** The customer's answer on a page of ours. Answers the charge as it then stands. */
    answerAction(waiting: Charge, isApproved: boolean): Charge {
      if (waiting.status !== 'requires_action') return waiting
      const at = now()
      const { afterApproval } = waiting.method
      if (isApproved && afterApproval === 'later') {
        ledger.commit({ charge: waiting, approveAt: later(at, env.SANDBOX_APPROVE_AFTER_MS) })
        return waiting
      }
      const failure = isApproved ? bankRefused : customerDeclined
      const isPaid = isApproved && afterApproval !== 'refuses'
      const done = isPaid ? succeed(waiting, at, env.SANDBOX_AUTHORIZATION_MS) : decline(waiting, failure, at)
      void save(done)
      return done
    },
    /** What happens by itself as time passes. */
    tick(): void {
      const at = now()
      for (const waiting of ledger.due('approve', at.getTime()))
        void save(succeed(waiting, at, env.SANDBOX_AUTHORIZATION_MS))
      for (const open of ledger.due('expire', at.getTime())) void save(expire(open, at))
    },
  }
}

export type Provider = ReturnType<typeof createProvider>
export type RefundCourse = 'at_once' | 'later' | 'refused_later'

function newCharge(input: ChargeInput, { afterApproval }: Behaviour, key: string, at: Date): Charge {
  return {
    object: 'charge',
    id: `ch_${newId().replaceAll('-', '')}`,
    reference: input.reference,
    idempotencyKey: key,
    amount: input.amount,
    currency: input.currency,
    status: 'requires_action',
    capture: input.capture,
    capturedAmount: 0,
    refundedAmount: 0,
    method: {
      type: input.method.type,
      label: labelOf(input.method),
      ...(afterApproval ? { afterApproval } : {}),
    },
    action: null,
    failure: null,
    returnUrl: input.returnUrl,
    expiresAt: null,
    createdAt: at.toISOString(),
    updatedAt: at.toISOString(),
    revision: 0,
  }
}

function newRefund(input: RefundInput, of: Charge, key: string, at: Date): Refund {
  return {
    object: 'refund',
    id: `re_${newId().replaceAll('-', '')}`,
    charge: of.id,
    chargeReference: of.reference,
    reference: input.reference,
    idempotencyKey: key,
    amount: input.amount,
    currency: of.currency,
    status: 'pending',
    failure: null,
    createdAt: at.toISOString(),
    updatedAt: at.toISOString(),
  }
}
