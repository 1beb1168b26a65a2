import type { PaymentContext } from '../context.ts'
import type { ChargeRef, Provider } from '../provider/provider.ts'
import type { PaymentRecord } from './payment.ts'

export function providerOf(ctx: PaymentContext, payment: PaymentRecord): Provider {
  const provider = ctx.providers.named(payment.provider)
  if (!provider) throw new Error(`There is no provider ${payment.provider}`)
  return provider
}

export function chargeRefOf(payment: PaymentRecord): ChargeRef | undefined {
  const { providerChargeId: chargeId, id: reference, amountMinor, currency } = payment
  return chargeId === null ? undefined : { chargeId, reference, amountMinor, currency }
}
