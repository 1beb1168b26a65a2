import { type InventoryDatabase, openInventoryDatabase } from '@souk/db/inventory'
import type { ServiceDefinition, ServiceEnv } from '@souk/runtime/start-service'
import type { InventoryContext } from './context.ts'
import type { InventoryEnv } from './env.ts'
import { inventoryRouter } from './router.ts'
import { fillBackorders } from './stock/fill-backorders.ts'
import { createHotStock } from './stock/hot-stock.ts'
import { sweepExpired } from './stock/sweep-expired.ts'
import { subscriptions } from './subscriptions.ts'

export type InventorySettings = ServiceEnv & Pick<InventoryEnv, 'LOW_STOCK_THRESHOLD' | 'HOLD_LIMIT_SECONDS'>

export function inventoryService(
  env: InventorySettings,
): ServiceDefinition<InventoryDatabase['prisma'], InventoryContext> {
  return {
    name: 'inventory',
    env,
    owner: 'inventory',
    openDatabase: openInventoryDatabase,
    build: ({ db, bus, log }) => {
      const lowStockThreshold = env.LOW_STOCK_THRESHOLD
      const hotStock = createHotStock({ sql: db.sql, lowStockThreshold, onChanged: () => bus.wake() })
      const holdLimitSeconds = env.HOLD_LIMIT_SECONDS
      const shared = { db, bus, log, lowStockThreshold, holdLimitSeconds, hotStock }
      return {
        context: ({ principal, caller }) => ({ ...shared, principal, caller }),
        router: inventoryRouter,
        subscriptions,
        jobs: [
          { name: 'stock.sweep-expired', everyMs: 1000, run: sweepExpired },
          { name: 'stock.fill-backorders', everyMs: 1000, run: fillBackorders },
        ],
      }
    },
  }
}
