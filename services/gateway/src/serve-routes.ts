import type { Services } from '@souk/api/services'
import type { ServiceTokenMinter } from '@souk/auth/service-token'
import type { Directory } from '@souk/service/discovery'
import type { Log } from '@souk/service/log'
import type { HttpServer } from '@souk/service/serve'
import { serveDocs } from './docs/serve-docs.ts'
import type { Limits } from './edge/limits.ts'
import type { Load } from './edge/load.ts'
import { serveUnknown } from './edge/unknown.ts'
import type { GatewayEnv } from './env.ts'
import { type LiveOrders, serveOrderEvents } from './live/order-events.ts'
import type { OrderFeed } from './live/order-feed.ts'
import { serveMedia } from './media/media.ts'
import { rawNeighbour } from './neighbours/raw.ts'
import { imageUploader } from './neighbours/upload-image.ts'
import { serveWebhooks } from './neighbours/webhooks.ts'
import { knownPaths } from './rest/methods.ts'
import { serveRest } from './rest/register.ts'
import { restRoutes } from './rest/routes.ts'
import { serveTrpc } from './trpc/serve-trpc.ts'

/** Served beside the table, and by whom: /healthz, /readyz and /metrics come with the server. */
const otherPaths = [
  ...['/', '/docs', '/openapi.json', '/.well-known/jwks.json', '/healthz', '/readyz', '/metrics'].map(
    (path) => ({ method: 'GET', path }),
  ),
  { method: 'GET', path: '/media/{id}/{file}' },
  { method: 'GET', path: '/trpc/{path}' },
  { method: 'POST', path: '/trpc/{path}' },
]

/** Everything this process answers. */
export function serveRoutes(parts: {
  env: GatewayEnv
  edge: { server: HttpServer; load: Load }
  services: Services
  directory: Directory
  mint: ServiceTokenMinter
  limits: Limits
  feed: OrderFeed
  log: Log
}): { liveOrders: LiveOrders } {
  const { env, edge, services, limits, log } = parts
  const { app } = edge.server
  const product = rawNeighbour('product', parts)
  serveTrpc(app, { services, limits, log })
  serveRest(app, restRoutes, { parts: { services, uploadImage: imageUploader(product) }, limits })
  serveMedia(app, product)
  serveWebhooks(app, rawNeighbour('payment', parts))
  serveDocs(app, { routes: restRoutes, baseUrl: env.GATEWAY_PUBLIC_URL, jwks: env.AUTH_PUBLIC_JWKS })
  serveUnknown(app, knownPaths(restRoutes, otherPaths), env.GATEWAY_PUBLIC_URL)
  const liveOrders = serveOrderEvents(app, { ...parts, load: edge.load, maxStreams: env.MAX_EVENT_STREAMS })
  return { liveOrders }
}
