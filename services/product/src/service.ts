import { openProductDatabase, type PrismaClient } from '@souk/db/product'
import type { ServiceDefinition } from '@souk/runtime/start-service'
import type { ProductContext } from './context.ts'
import type { ProductEnv } from './env.ts'
import { mediaRoutes } from './media/routes.ts'
import { productRouter } from './router.ts'
import { subscriptions } from './subscriptions.ts'

export function productService(env: ProductEnv): ServiceDefinition<PrismaClient, ProductContext> {
  return {
    name: 'product',
    owner: 'product',
    env,
    openDatabase: openProductDatabase,
    build: ({ db, bus, log }) => ({
      context: (acting) => ({ ...acting, db, bus, log, mediaBaseUrl: env.MEDIA_BASE_URL }),
      router: productRouter,
      subscriptions: () => subscriptions,
      routes: (server, context) => mediaRoutes(server, context, env.SERVICE_TOKEN_SECRET),
    }),
  }
}
