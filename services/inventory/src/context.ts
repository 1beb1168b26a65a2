import type { InventoryDatabase } from '@souk/db/inventory'
import type { EventBus } from '@souk/events/bus'
import type { Principal } from '@souk/kernel/principal'
import type { Log } from '@souk/service/log'
import type { HotStock } from './stock/hot-stock.ts'

export type InventoryContext = {
  db: InventoryDatabase
  bus: EventBus
  log: Log
  principal: Principal
  caller: string
  lowStockThreshold: number
  /** Reservations and sales of all requests of this process, gathered into few statements. */
  hotStock: HotStock
}
