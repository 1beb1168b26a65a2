import type { ChargeRef, Outcome, Provider, ProviderCharge } from './provider.ts'

/**
 * Cash on delivery: nobody is asked. The amount stands at once as a claim on whoever delivers, is
 * captured when the cash has come in, and is refunded by hand. It keeps no books of its own: a claim
 * stands until we write down that it does not.
 */
export const cod: Provider = {
  name: 'cod',
  account: 'receivable',
  canCaptureInParts: false,
  canHold: () => true,
  cardEntry: 'fields',
  charge: async ({ reference, amountMinor, currency }) =>
    answered(chargeOf({ chargeId: `cod_${reference}`, reference, amountMinor, currency }, 'authorized', 0)),
  findCharge: async ({ chargeId, ...ref }) =>
    answered(chargeId === null ? null : chargeOf({ ...ref, chargeId }, 'authorized', 0)),
  capture: async ({ charge, captureMinor }) => answered(chargeOf(charge, 'captured', captureMinor)),
  void: async ({ charge }) => answered(chargeOf(charge, 'voided', 0)),
  refund: async ({ key, chargeId, reference, amountMinor, currency }) =>
    answered({
      id: `cod_${key}`,
      chargeId,
      reference,
      amountMinor,
      currency,
      status: 'succeeded',
      message: null,
    }),
  findRefund: async () => answered(null),
}

function chargeOf(ref: ChargeRef, status: ProviderCharge['status'], capturedMinor: number): ProviderCharge {
  const { chargeId: id, reference, amountMinor, currency } = ref
  return {
    id,
    reference,
    status,
    amountMinor,
    capturedMinor,
    currency,
    action: null,
    failure: null,
    expiresAt: null,
  }
}

function answered<Answer>(answer: Answer): Outcome<Answer> {
  return { kind: 'answered', answer }
}
