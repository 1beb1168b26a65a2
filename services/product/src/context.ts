import type { ProductDatabase } from '@souk/db/product'
import type { EventBus } from '@souk/events/bus'
import type { RpcContext } from '@souk/service/rpc'

export type ProductContext = RpcContext & {
  db: ProductDatabase
  bus: EventBus
  mediaBaseUrl: string
}
