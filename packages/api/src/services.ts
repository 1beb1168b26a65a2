import type { AuditRouter } from '@souk/audit-service/router'
import type { ServiceTokenMinter } from '@souk/auth/service-token'
import type { IdentityRouter } from '@souk/identity/router'
import type { InventoryRouter } from '@souk/inventory/router'
import type { Principal } from '@souk/kernel/principal'
import type { NotificationRouter } from '@souk/notification/router'
import type { OrderRouter } from '@souk/order/router'
import type { PaymentRouter } from '@souk/payment/router'
import type { ProductRouter } from '@souk/product/router'
import { serviceClient } from '@souk/service/client'
import type { Directory } from '@souk/service/discovery'
import type { TRPCClient } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import type { ServiceName } from './service-names.ts'

/** Typed clients of every service. Each call is made for the person of the current request. */
export type Services = {
  product: TRPCClient<ProductRouter>
  order: TRPCClient<OrderRouter>
  payment: TRPCClient<PaymentRouter>
  inventory: TRPCClient<InventoryRouter>
  identity: TRPCClient<IdentityRouter>
  notification: TRPCClient<NotificationRouter>
  audit: TRPCClient<AuditRouter>
  /** The same for what the gateway asks in its own name. */
  asGateway: { inventory: TRPCClient<InventoryRouter>; identity: TRPCClient<IdentityRouter> }
}

export type ServicesOptions = {
  directory: Directory
  mint: ServiceTokenMinter
  /** Longest wait for one call; shorter than the deadline of a request. */
  timeoutMs: number
}

export function createServices(options: ServicesOptions): Services {
  const clientOf = <Router extends AnyTRPCRouter>(
    service: ServiceName | 'audit',
    actor: (current: Principal) => Principal,
  ) => serviceClient<Router>({ ...options, service, actor })
  const person = (current: Principal) => current
  const gateway = (): Principal => ({ kind: 'service', name: 'gateway' })
  return {
    product: clientOf<ProductRouter>('product', person),
    order: clientOf<OrderRouter>('order', person),
    payment: clientOf<PaymentRouter>('payment', person),
    inventory: clientOf<InventoryRouter>('inventory', person),
    identity: clientOf<IdentityRouter>('identity', person),
    notification: clientOf<NotificationRouter>('notification', person),
    audit: clientOf<AuditRouter>('audit', person),
    asGateway: {
      inventory: clientOf<InventoryRouter>('inventory', gateway),
      identity: clientOf<IdentityRouter>('identity', gateway),
    },
  }
}
