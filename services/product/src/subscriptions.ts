import type { Subscriptions } from '@souk/events/inbox'
import { onStockLevelChanged } from './product/on-stock-level-changed.ts'

export const subscriptions: Subscriptions = {
  'stock.level_changed': onStockLevelChanged,
}
