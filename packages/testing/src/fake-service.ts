import { serviceTokenVerifier } from '@souk/auth/service-token'
import { createLog } from '@souk/service/log'
import type { RequestScope } from '@souk/service/request'
import { createHttpServer, serveRouter } from '@souk/service/serve'
import type { AnyTRPCRouter } from '@trpc/server'
import { testSecret } from './service-harness.ts'

/** A neighbour that speaks the real wire protocol and does what the test says. `router` is built with `createRpc`. */
export async function startFakeService(
  name: string,
  router: AnyTRPCRouter,
): Promise<{ url: string; stop(): Promise<void> }> {
  const log = createLog({ service: `fake-${name}`, instance: 'test', level: 'silent' })
  const server = createHttpServer({ log, ready: {} })
  serveRouter(server, {
    router,
    verify: serviceTokenVerifier(name, testSecret),
    context: ({ principal, caller }: RequestScope) => ({ principal, caller, log }),
    log,
  })
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 })
  return { url: `http://127.0.0.1:${port}`, stop: async () => await server.stop() }
}
