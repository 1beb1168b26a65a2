import type { PaymentAction, PaymentMethod } from '../contract.ts'

/**
 * What every payment provider can be asked. A call never throws for what the provider did: a refusal is
 * an answer, and whatever leaves the effect open is `unknown`. `key` is the provider's own idempotency
 * key, so each call may be sent again.
 */
export type Provider = {
  name: string
  /** The journal account that stands for money the provider holds for us. */
  account: 'provider' | 'receivable'
  /** Whether one hold may be captured several times. If not, everything is captured with the last parcel. */
  canCaptureInParts: boolean
  /** Where a customer types the card: in a frame on our page, or on the provider's page. */
  cardEntry: 'fields' | 'hosted_page'
  /** Which means of payment can be held instead of taken at once. */
  canHold(type: PaymentMethod['type']): boolean
  /** Whom customers can pay by, as the provider lists them; without it, by card or cash only. */
  listChoices?(): Promise<Outcome<PaymentChoices>>
  charge(request: ChargeRequest): Promise<Outcome<ProviderCharge>>
  /** Nothing when the provider has never heard of the charge. */
  findCharge(ref: FindCharge): Promise<Outcome<ProviderCharge | null>>
  /** With `isFinal` the rest of the hold is let go. */
  capture(request: CaptureRequest): Promise<Outcome<ProviderCharge>>
  void(request: { charge: ChargeRef; key: string }): Promise<Outcome<ProviderCharge>>
  refund(request: RefundRequest): Promise<Outcome<ProviderRefund>>
  findRefund(ref: { key: string; chargeId: string | null }): Promise<Outcome<ProviderRefund | null>>
  /** All charges that changed since, page by page; each at least once. */
  listCharges?(page: { since: Date; after: string | null }): Promise<Outcome<ChargePage>>
  /** Reads a webhook if its signature over the raw bytes is right and fresh. */
  readWebhook?(request: WebhookRequest): WebhookReading | Promise<WebhookReading>
}

export type Outcome<Answer> =
  | { kind: 'answered'; answer: Answer }
  /** Final: nothing happened, and asking the same again would be refused again. */
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'unknown'; message: string }

export type PaymentChoices = {
  banks: { code: string; name: string }[]
  wallets: { code: string; name: string }[]
}

export type ChargeRequest = {
  key: string
  /** Our payment's id. */
  reference: string
  amountMinor: number
  currency: string
  method: PaymentMethod
  isCaptured: boolean
  returnUrl: string
}

/** A charge as we have it in our books. */
export type ChargeRef = { chargeId: string; reference: string; amountMinor: number; currency: string }

export type CaptureRequest = { charge: ChargeRef; captureMinor: number; isFinal: boolean; key: string }

/** By the provider's own id when we know it, else by the key we sent. */
export type FindCharge = Omit<ChargeRef, 'chargeId'> & { chargeId: string | null; key: string }

export type RefundRequest = {
  key: string
  chargeId: string
  /** Our refund's id. */
  reference: string
  amountMinor: number
  currency: string
}

/** The provider's word about a charge. Nothing in it is trusted before it was compared with ours. */
export type ProviderCharge = {
  id: string
  reference: string
  status: 'requires_action' | 'authorized' | 'captured' | 'declined' | 'expired' | 'voided'
  amountMinor: number
  /** All that was captured so far; below the amount while a part is still held, or for good. */
  capturedMinor: number
  currency: string
  action: PaymentAction | null
  failure: { code: string; message: string } | null
  /** When a held amount is released by the provider. */
  expiresAt: string | null
}

/** A line of the provider's own list. */
export type ListedCharge = {
  id: string
  reference: string
  amountMinor: number
  capturedMinor: number
  /** Given back, or on its way back. */
  refundedMinor: number
  currency: string
  changedAt: Date
}
export type ChargePage = { items: ListedCharge[]; next: string | null }

export type ProviderRefund = {
  id: string
  chargeId: string
  reference: string
  amountMinor: number
  currency: string
  status: 'pending' | 'succeeded' | 'failed'
  message: string | null
}

export type WebhookRequest = {
  headers: Readonly<Record<string, string | string[] | undefined>>
  rawBody: Uint8Array
  now: Date
}

export type WebhookReading =
  | { kind: 'refused'; status: 400 | 401; reason: string }
  /** Signed, and about nothing that we asked for. */
  | { kind: 'ignored' }
  /** Something changed about what we asked for; what, the provider is asked. */
  | { kind: 'ask'; id: string; type: string; about: 'charge' | 'refund'; reference: string; chargeId: string }
  | {
      kind: 'event'
      id: string
      type: string
      charge: ProviderCharge | null
      refund: ProviderRefund | null
    }

/** The providers of this shop, by name, and who serves which method. */
export type Providers = {
  named(name: string): Provider | undefined
  all(): Provider[]
  forMethod(type: PaymentMethod['type']): Provider
}
