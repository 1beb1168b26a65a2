import type { InventoryDatabase } from '@souk/db/inventory'
import type { EventBus } from '@souk/events/bus'
import type { Principal } from '@souk/kernel/principal'
import type { Log } from '@souk/service/log'
import type { HotStock } from './stock/hot-stock.ts'

/** Staff hear of a SKU when `lowStockThreshold` or fewer are available. */
export type StockSettings = { lowStockThreshold: number }

export type InventoryContext = StockSettings & {
  /** No reservation is extended beyond this many seconds in total. */
  holdLimitSeconds: number
  db: InventoryDatabase
  bus: EventBus
  log: Log
  principal: Principal
  caller: string
  /** Reservations and sales of all requests of this process, gathered into few statements. */
  hotStock: HotStock
}
