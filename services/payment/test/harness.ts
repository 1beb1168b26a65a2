import { createHmac } from 'node:crypto'
import { streamOf } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { startService } from '@souk/runtime/start-service'
import { freePort, startSandboxProcess, type TestSandbox } from '@souk/testing/sandbox-process'
import { serviceActor, startTestService, type TestService } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { createClient } from 'redis'
import type { PaymentMethod, PaymentStatus, StartPayment } from '../src/contract.ts'
import type { PaymentEnv } from '../src/env.ts'
import type { PaymentRouter } from '../src/router.ts'
import { paymentService } from '../src/service.ts'

export const providerTimeoutMs = 600
export const mailSealSecret = 'mail-seal-secret-for-tests-0123456789'

export type SandboxCharge = {
  id: string
  reference: string
  status: string
  amount: number
  capturedAmount: number
  refundedAmount: number
  action: { url: string } | null
}
export type Posting = { account: string; debit: number; credit: number }

export type PaymentHarness = Awaited<ReturnType<typeof startPaymentHarness>>

/** Payment as it really runs beside the sandbox as it really runs, webhooks going straight to payment. */
export async function startPaymentHarness(
  sandboxEnv: Record<string, string> = {},
  settings: Partial<PaymentEnv> = {},
) {
  const port = await freePort()
  const sandbox = await startSandboxProcess({
    webhookUrl: `http://127.0.0.1:${port}/webhooks/sandbox`,
    env: sandboxEnv,
  })
  let clockIsAheadMs = 0
  const clock = { now: () => new Date(Date.now() + clockIsAheadMs) }
  const service = await startTestService<PaymentRouter>(
    'payment',
    async (env) =>
      await startService({
        ...paymentService({
          ...env,
          NODE_ENV: 'test',
          LOG_LEVEL: 'silent',
          SANDBOX_URL: sandbox.url,
          SANDBOX_API_KEY: sandbox.apiKey,
          SANDBOX_WEBHOOK_SECRET: `${sandbox.webhookSecret}, the-next-secret-for-tests`,
          GIFT_CARD_SECRET: 'gift-card-secret-for-tests-0123456789',
          MAIL_SEAL_SECRET: mailSealSecret,
          PROVIDER_TIMEOUT_MS: providerTimeoutMs,
          RECONCILE_EVERY_MINUTES: 60,
          RECONCILE_GRACE_SECONDS: 0,
          ...settings,
        }),
        clock,
      }),
    { PORT: port },
  )
  const redis = createClient({ url: service.env.REDIS_URL })
  await redis.connect()
  const order = service.as(serviceActor('order'))
  return {
    sandbox,
    service,
    order,
    /** Moves the service's clock, not the database's. */
    setClockAhead: (ms: number) => {
      clockIsAheadMs = ms
    },
    ...actions(service, sandbox),
    ...books(service, sandbox),
    /** Puts an event of the order service on its stream, as its relay would. */
    publish: async (name: 'order.cancelled' | 'order.failed', orderId: string, eventId = newId()) => {
      await redis.xAdd(streamOf('order'), '*', { e: JSON.stringify(orderOver(name, orderId, eventId)) })
    },
    /** Tells payment that goods have left: all of them, or one parcel of several. */
    ship: async (
      orderId: string,
      parcel?: { amountMinor: number; isComplete: boolean },
      eventId = newId(),
    ) => {
      const over = orderOver('order.cancelled', orderId, eventId)
      const data = { ...over.data, carrier: null, trackingNumber: null, ...parcel }
      await redis.xAdd(streamOf('order'), '*', {
        e: JSON.stringify({ ...over, name: 'order.shipped', data }),
      })
    },
    /** Tells payment that no parcel follows: the rest of the order was cancelled, and its money is settled. */
    cancelRest: async (orderId: string, lastShareMinor: number, eventId = newId()) => {
      const over = orderOver('order.failed', orderId, eventId)
      const data = { ...over.data, editId: newId(), problem: null, lastShareMinor }
      await redis.xAdd(streamOf('order'), '*', {
        e: JSON.stringify({ ...over, name: 'order.edit_settled', data }),
      })
    },
    stop: async () => {
      await service.stop()
      redis.destroy()
      await sandbox.stop()
    },
  }
}

export const card = (token: string): PaymentMethod => ({ type: 'card', token })
export const upi = (vpa: string): PaymentMethod => ({ type: 'upi', vpa })

export function newPayment(method: PaymentMethod, overrides: Partial<StartPayment> = {}): StartPayment {
  return {
    id: newId(),
    orderId: newId(),
    amount: { amount: 4800, currency: 'EUR' },
    method,
    captureMode: 'automatic',
    userId: null,
    orderTokenHash: null,
    returnUrl: 'http://localhost:3000/orders/1',
    ...overrides,
  }
}

function actions(service: TestService<PaymentRouter>, sandbox: TestSandbox) {
  const order = service.as(serviceActor('order'))
  const statusOf = async (id: string): Promise<string> => {
    const [row] = await service.sql<{ status: string }>('select status from payment where id = $1', [id])
    return row?.status ?? 'missing'
  }
  return {
    start: async (method: PaymentMethod, overrides: Partial<StartPayment> = {}) => {
      const input = newPayment(method, overrides)
      return { input, state: await order.payment.start.mutate(input) }
    },
    statusOf,
    untilStatus: async (id: string, status: PaymentStatus) =>
      await until(`payment becomes ${status}`, async () => (await statusOf(id)) === status, 15_000),
    fault: async (fault: {
      mode: string
      operation?: string
      reference?: string
      times?: number
      delayMs?: number
    }) => {
      await sandbox.call('POST', '/v1/faults', { body: fault })
    },
    answerPage: async (url: string | undefined, answer: 'approve' | 'decline') =>
      await fetch(`${url}/${answer}`, { method: 'POST', redirect: 'manual' }),
    webhook: async (raw: string, headers: Record<string, string>) =>
      await fetch(`${service.running.url}/webhooks/sandbox`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: raw,
      }),
  }
}

function books(service: TestService<PaymentRouter>, sandbox: TestSandbox) {
  return {
    /** What the provider itself says it did for a payment. */
    charges: async (paymentId: string): Promise<SandboxCharge[]> => {
      const path = `/v1/charges?reference=${paymentId}`
      return (await sandbox.call<{ items: SandboxCharge[] }>('GET', path)).body.items
    },
    journal: async (paymentId: string): Promise<Posting[]> =>
      await service.sql<Posting>(
        `select account, debit_minor::int as debit, credit_minor::int as credit from journal_posting
         join journal_entry on journal_entry.id = entry_id where payment_id = $1 order by entry_id, line`,
        [paymentId],
      ),
    events: async (paymentId: string) =>
      await service.sql<{
        name: string
        version: number
        payload: { outcome?: string; refundedTotalMinor?: number }
      }>(
        `select name, aggregate_version::int as version, payload from outbox where aggregate_id = $1 order by seq`,
        [paymentId],
      ),
    row: async (paymentId: string) => {
      const [row] = await service.sql<Record<string, unknown>>('select * from payment where id = $1', [
        paymentId,
      ])
      if (!row) throw new Error('no such payment')
      return row
    },
  }
}

export function sign(raw: string, secret: string, at = new Date()): Record<string, string> {
  const seconds = Math.floor(at.getTime() / 1000)
  const mac = createHmac('sha256', secret).update(`${seconds}.${raw}`).digest('hex')
  return { 'souk-signature': `t=${seconds},v1=${mac}` }
}

function orderOver(name: 'order.cancelled' | 'order.failed', orderId: string, eventId: string) {
  const ref = { orderId, number: 'S-1001', userId: null, reason: 'Changed my mind', paymentId: null }
  const totals = {
    subtotalMinor: 1,
    discountMinor: 0,
    shippingMinor: 0,
    taxMinor: 0,
    totalMinor: 1,
    currency: 'EUR',
  }
  const mail = { email: 'a@example.test', customerName: 'A', accessToken: null, lines: [], totals }
  return {
    id: eventId,
    name,
    version: 1,
    aggregateId: orderId,
    aggregateVersion: 2,
    occurredAt: new Date().toISOString(),
    traceId: null,
    data: name === 'order.cancelled' ? { ...ref, ...mail, wasConfirmed: true } : ref,
  }
}
