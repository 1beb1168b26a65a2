import type { Subscriptions } from '@souk/events/inbox'
import { onStockLevelsChanged } from './product/on-stock-levels-changed.ts'

export const subscriptions: Subscriptions = {
  'stock.level_changed': { together: onStockLevelsChanged },
}
