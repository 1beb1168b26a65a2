import { type Check, maxOffences, type Offence, type ProviderCharge, type Sources } from './check.ts'

/** The provider did not give its list; our own books can be checked all the same. */
export class ProviderSilent extends Error {}

/** Adds to a check of our own books what the provider's list says of them. */
export function withProviderList(check: Check): Check {
  return {
    ...check,
    run: async (sources) => {
      const ours = await check.run(sources)
      if (!sources.providerCharges) return { ...ours, remark: 'the provider’s list was not asked' }
      const theirs = await compareWithProvider(sources, sources.providerCharges).catch((error: unknown) =>
        error instanceof ProviderSilent ? undefined : Promise.reject(error),
      )
      if (!theirs) return { ...ours, remark: 'the provider’s list could not be read' }
      return {
        looked: ours.looked + theirs.looked,
        offences: [...ours.offences, ...theirs.offences].slice(0, maxOffences),
      }
    },
  }
}

type Row = {
  id: string
  captured_minor: number
  given_minor: number
  refunded_minor: number
  age_seconds: number
}

/** Nothing taken that we do not know of, nothing known that was not taken, nothing taken twice. */
async function compareWithProvider(
  sources: Sources,
  list: NonNullable<Sources['providerCharges']>,
): Promise<{ looked: number; offences: Offence[] }> {
  const offences: Offence[] = []
  const taken = new Set<string>()
  let looked = 0
  let forgottenThrough: string | null = null
  for await (const page of list()) {
    looked += page.items.length
    forgottenThrough = page.forgottenThrough
    const ours = await paymentsOf(sources, page.items)
    for (const charge of page.items) {
      const what = differenceOf(sources, ours.get(charge.reference), charge, taken)
      if (charge.capturedAmount > 0) taken.add(charge.reference)
      if (what) offences.push({ what, row: { charge, payment: ours.get(charge.reference) } })
    }
  }
  for (const row of await takenByUs(sources, forgottenThrough)) {
    looked += 1
    if (!taken.has(row.id)) offences.push({ what: 'The provider took nothing for this payment', row })
  }
  return { looked, offences }
}

function differenceOf(
  { graceSeconds }: Sources,
  payment: Row | undefined,
  charge: ProviderCharge,
  taken: ReadonlySet<string>,
): string | undefined {
  const ageSeconds = (Date.now() - Date.parse(charge.updatedAt)) / 1000
  if (ageSeconds < graceSeconds || (payment && payment.age_seconds < graceSeconds)) return undefined
  if (charge.capturedAmount > 0 && taken.has(charge.reference)) return 'Charged twice at the provider'
  if (!payment) return charge.capturedAmount > 0 ? 'A charge of no payment of ours' : undefined
  if (payment.captured_minor !== charge.capturedAmount) return 'The provider took another amount'
  const fits = charge.refundedAmount >= payment.refunded_minor && charge.refundedAmount <= payment.given_minor
  return fits ? undefined : 'The provider gave back another amount'
}

const columns = `id, captured_minor, refunded_minor, refunded_minor + refund_pending_minor as given_minor,
  extract(epoch from now() - updated_at)::int as age_seconds`

async function paymentsOf({ sql }: Sources, page: readonly ProviderCharge[]): Promise<Map<string, Row>> {
  const ids = page.map(({ reference }) => reference).filter((id) => /^[0-9a-f-]{36}$/.test(id))
  const rows = await sql<Row>('payment', `select ${columns} from payment where id = any($1::uuid[])`, [ids])
  return new Map(rows.map((row) => [row.id, row]))
}

/** A payment is begun before its charge, so one whose id is younger than what the provider forgot must be listed. */
async function takenByUs({ sql, graceSeconds }: Sources, forgottenThrough: string | null): Promise<Row[]> {
  return await sql<Row>(
    'payment',
    `select ${columns} from payment where provider = 'sandbox' and captured_minor > 0
       and updated_at < now() - $1::int * interval '1 s' and ($2::uuid is null or id > $2::uuid)`,
    [graceSeconds, forgottenThrough?.replace('ch_', '') ?? null],
  )
}
