import { createLog, type Log } from '@souk/service/log'
import Fastify, { type FastifyInstance } from 'fastify'
import { Refused } from './charge/charge.ts'
import type { SandboxEnv } from './env.ts'
import { createFaults } from './fault/faults.ts'
import { answerRefusal } from './http/answers.ts'
import { apiRoutes } from './http/api.ts'
import { pageRoutes } from './http/pages.ts'
import { openLedger } from './ledger/open-ledger.ts'
import { createProvider } from './provider.ts'
import { startDispatcher } from './webhook/dispatch.ts'

const tickEveryMs = 100
const refundSettlesAfterMs = 1000

export type RunningSandbox = { url: string; stop(): Promise<void> }

/** Starts the provider: reads its log, goes on with what it had not finished, and serves. */
export async function startSandbox(env: SandboxEnv): Promise<RunningSandbox> {
  const log = createLog({ service: 'payment-sandbox', instance: env.INSTANCE, level: env.LOG_LEVEL })
  const now = () => new Date()
  const ledger = openLedger(env.SANDBOX_LOG, undefined, env.SANDBOX_KEPT_CHARGES)
  const [secret = ''] = env.SANDBOX_WEBHOOK_SECRET.split(',')
  const dispatcher = startDispatcher({ ledger, url: env.SANDBOX_WEBHOOK_URL, secret: secret.trim(), log })
  const provider = createProvider({ env, ledger, dispatcher, now })
  const faults = createFaults()
  const app = createApp(log)
  let isStopping = false

  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) =>
    reply
      .code(isStopping ? 503 : 200)
      .send({ status: isStopping ? 'not_ready' : 'ready', ...ledger.counts() }),
  )
  const ownOrigin = new URL(env.SANDBOX_PUBLIC_URL).origin
  const origins = env.SANDBOX_FIELDS_ORIGINS ?? [new URL(env.WEB_URL).origin]
  app.register((pages, _options, done) => {
    pageRoutes(pages, { ledger, provider, origins, ownOrigin, now })
    done()
  })
  app.register((api, _options, done) => {
    apiRoutes(api, { apiKey: env.SANDBOX_API_KEY, ledger, faults, provider })
    done()
  })

  for (const refund of ledger.refunds())
    if (refund.status === 'pending')
      setTimeout(() => provider.finishRefund(refund.id, 'succeeded'), refundSettlesAfterMs)
  dispatcher.resume()
  const ticking = setInterval(() => provider.tick(), tickEveryMs)
  const url = await app.listen({ host: env.HOST, port: env.PORT })
  log.info({ url, ...ledger.counts() }, 'ready')
  return {
    url,
    stop: async () => {
      isStopping = true
      clearInterval(ticking)
      await app.close()
      await dispatcher.stop()
      ledger.close()
    },
  }
}

function createApp(log: Log): FastifyInstance {
  const app = Fastify({
    bodyLimit: 64 * 1024,
    keepAliveTimeout: 72_000,
    forceCloseConnections: true,
  })
  app.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof Refused) return await answerRefusal(reply, error)
    const { statusCode } = error as { statusCode?: number }
    // The framework's own text may quote the body, which may hold a card number.
    if (statusCode !== undefined && statusCode < 500)
      return await answerRefusal(
        reply,
        new Refused(statusCode, 'invalid_request', 'The request cannot be read.'),
      )
    log.error({ err: error }, 'request failed')
    return await answerRefusal(reply, new Refused(500, 'internal', 'The provider failed.'))
  })
  app.setNotFoundHandler(
    async (_request, reply) =>
      await answerRefusal(reply, new Refused(404, 'not_found', 'There is nothing here.')),
  )
  return app
}
