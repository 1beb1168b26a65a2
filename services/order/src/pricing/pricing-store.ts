import type { OrderDatabase } from '@souk/db/order'
import type { Promotion, ShippingRate, TaxRates } from './price-order.ts'

export type ShippingOption = ShippingRate & {
  code: string
  name: string
  description: string
  currency: string
}
type PriceTable = {
  shipping: ShippingOption[]
  rates: { country: string; taxClass: string; basisPoints: number }[]
}

const keepMs = 5000
const tables = new WeakMap<OrderDatabase, { table: Promise<PriceTable>; until: number }>()

/** Shipping methods and tax rates, at most five seconds old: they are read by every purchase and change rarely. */
async function priceTable(db: OrderDatabase): Promise<PriceTable> {
  const known = tables.get(db)
  if (known && known.until > Date.now()) return await known.table
  const table = loadPriceTable(db)
  tables.set(db, { table, until: Date.now() + keepMs })
  table.catch(() => tables.delete(db))
  return await table
}

async function loadPriceTable(db: OrderDatabase): Promise<PriceTable> {
  const [methods, rates] = await Promise.all([
    db.prisma.shippingMethod.findMany({ where: { isActive: true }, orderBy: { position: 'asc' } }),
    db.prisma.taxRate.findMany(),
  ])
  return {
    shipping: methods.map((method) => ({
      code: method.code,
      name: method.name,
      description: method.description,
      currency: method.currency,
      priceMinor: Number(method.priceMinor),
      freeFromMinor: method.freeFromMinor === null ? null : Number(method.freeFromMinor),
    })),
    rates: rates.map((rate) => ({
      country: rate.country,
      taxClass: rate.taxClass,
      basisPoints: rate.rateBasisPoints,
    })),
  }
}

export async function listShippingOptions(db: OrderDatabase): Promise<ShippingOption[]> {
  return (await priceTable(db)).shipping
}

/** The rates of one country over the rates of every other. */
export async function taxRatesFor(db: OrderDatabase, country: string): Promise<TaxRates> {
  const { rates } = await priceTable(db)
  const pick = (wanted: string) =>
    rates.filter((rate) => rate.country === wanted).map((rate) => [rate.taxClass, rate.basisPoints] as const)
  return Object.fromEntries([...pick('*'), ...pick(country)])
}

/** A promotion whose period includes `now`, by its code in any case. */
export async function findPromotion(
  db: OrderDatabase,
  code: string,
  now: Date,
): Promise<Promotion | undefined> {
  const found = await db.prisma.promotion.findFirst({
    where: {
      code: { equals: code.toUpperCase() },
      AND: [
        { OR: [{ startsAt: null }, { startsAt: { lte: now } }] },
        { OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
      ],
    },
  })
  if (!found) return undefined
  return {
    code: found.code,
    kind: found.kind === 'amount' || found.kind === 'free_shipping' ? found.kind : 'percentage',
    value: Number(found.value),
    minSubtotalMinor: Number(found.minSubtotalMinor),
  }
}
