import type { OrderDatabase } from '@souk/db/order'
import type { Promotion } from '../promotion/promotion.ts'
import { listAutomaticPromotions } from '../promotion/promotion-store.ts'
import type { ShippingZone } from '../shipping/shipping.ts'
import { listZones } from '../shipping/zone-store.ts'
import type { TaxTable } from '../tax/tax.ts'
import { loadTaxTable } from '../tax/tax-store.ts'

export type PriceTable = { zones: readonly ShippingZone[]; tax: TaxTable; automatic: readonly Promotion[] }

const keepMs = 5000
const tables = new WeakMap<OrderDatabase, { table: Promise<PriceTable>; until: number }>()

/**
 * Zones, taxes and the promotions that apply by themselves: read by every purchase, changed rarely. Kept
 * for five seconds where the word of a change got lost.
 */
export async function priceTable(db: OrderDatabase): Promise<PriceTable> {
  const known = tables.get(db)
  if (known && known.until > Date.now()) return await known.table
  const table = loadPriceTable(db)
  tables.set(db, { table, until: Date.now() + keepMs })
  table.catch(() => tables.delete(db))
  return await table
}

/** After a change of promotions, taxes or zones, here or on another instance. */
export function dropPriceTable(db: OrderDatabase): void {
  tables.delete(db)
}

async function loadPriceTable(db: OrderDatabase): Promise<PriceTable> {
  const [zones, tax, automatic] = await Promise.all([
    listZones(db.sql),
    loadTaxTable(db.sql),
    listAutomaticPromotions(db.sql),
  ])
  return { zones, tax, automatic }
}
