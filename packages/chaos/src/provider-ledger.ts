import type { OpenSources } from '@souk/audit/sources'
import type { Shop } from '@souk/host/launch'
import { localUrl } from '@souk/host/settings'

type Charge = {
  id: string
  reference: string
  status: string
  capturedAmount: number
  refundedAmount: number
}
type Payment = { id: string; captured_minor: number; refunded_minor: number; method_type: string }

/**
 * Compares the provider's own list of charges with our payments: nothing taken that we do not know of,
 * nothing known that was not taken, nothing taken twice. Cash on delivery has no provider.
 */
export async function compareWithProvider(shop: Shop, sources: OpenSources): Promise<string[]> {
  const charges = Map.groupBy(await chargesOf(shop), ({ reference }) => reference)
  const payments = await sources.sql<Payment>(
    'payment',
    `select id, captured_minor, refunded_minor, method_type from payment where method_type <> 'cod'`,
  )
  const known = new Set(payments.map(({ id }) => id))
  const strangers = [...charges.keys()]
    .filter((reference) => !known.has(reference))
    .map((reference) => `The provider has a charge for ${reference}, which is no payment of ours`)
  return [...strangers, ...payments.flatMap((payment) => differences(payment, charges.get(payment.id) ?? []))]
}

function differences(payment: Payment, charges: readonly Charge[]): string[] {
  const taking = charges.filter(({ capturedAmount }) => capturedAmount > 0)
  const taken = taking.reduce((sum, charge) => sum + charge.capturedAmount, 0)
  const returned = taking.reduce((sum, charge) => sum + charge.refundedAmount, 0)
  const held = charges.filter(({ status }) => status === 'authorized')
  const faults = []
  if (taking.length > 1) faults.push(`Payment ${payment.id} was charged ${taking.length} times`)
  if (taken !== payment.captured_minor)
    faults.push(`Payment ${payment.id}: the provider took ${taken}, we know of ${payment.captured_minor}`)
  if (returned !== payment.refunded_minor)
    faults.push(
      `Payment ${payment.id}: the provider gave back ${returned}, we know of ${payment.refunded_minor}`,
    )
  if (held.length > 1) faults.push(`Payment ${payment.id} is held ${held.length} times`)
  return faults
}

async function chargesOf(shop: Shop): Promise<Charge[]> {
  const charges: Charge[] = []
  let after: string | null = null
  do {
    const query: string = after === null ? '' : `&after=${after}`
    const response = await fetch(`${localUrl(shop.settings, 'sandbox')}/v1/charges?limit=1000${query}`, {
      headers: { authorization: `Bearer ${shop.settings.secrets.sandboxApiKey}` },
      signal: AbortSignal.timeout(5000),
    })
    const page = (await response.json()) as { items: Charge[]; nextCursor: string | null }
    charges.push(...page.items)
    after = page.nextCursor
  } while (after !== null)
  return charges
}
