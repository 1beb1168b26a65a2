import { randomUUID } from 'node:crypto'
import { catalog, type EventData, type EventName, streamOf } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { startService } from '@souk/runtime/start-service'
import { createLog } from '@souk/service/log'
import { openRedis } from '@souk/service/redis'
import { person, startTestService } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import type { MessageSummary, Template } from '../src/contract.ts'
import type { NotificationRouter } from '../src/router.ts'
import { notificationService } from '../src/service.ts'

export const webUrl = 'https://shop.example.test'
export const mailSealSecret = 'mail-seal-secret-for-tests-0123456789'

export type Notification = Awaited<ReturnType<typeof startNotification>>
export type StoredRow = {
  id: string
  template: Template
  to_address: string
  subject: string
  html: string
  text: string
  status: MessageSummary['status']
  attempts: number
  error: string | null
  secret: string | null
}

/** The service with a bus that tests publish on and a clock that they move. */
export async function startNotification(settings: { smtpUrl?: string; mailStaff?: string } = {}) {
  const clock = { offsetMs: 0, now: () => new Date(Date.now() + clock.offsetMs) }
  const service = await startTestService<NotificationRouter>('notification', async (env) => {
    const own = {
      SMTP_URL: settings.smtpUrl,
      MAIL_FROM: 'Souk <hello@souk.test>',
      MAIL_STAFF: settings.mailStaff,
      WEB_URL: webUrl,
      MAIL_SEAL_SECRET: mailSealSecret,
      ADMIN_URL: 'https://admin.example.test',
    }
    return await startService({ ...notificationService({ ...env, ...own }), clock })
  })
  const redis = openRedis(
    service.env.REDIS_URL,
    createLog({ service: 'test', instance: '0', level: 'silent' }),
  )
  await redis.connect()
  const messages = async () => await service.sql<StoredRow>('select * from message order by id')
  const settled = async (count: number) =>
    await until(`${count} mails are settled`, async () => {
      const found = await messages()
      return found.length >= count && found.every(({ status }) => status !== 'queued') ? found : undefined
    })
  return {
    ...service,
    staff: service.as(person('staff')),
    owner: service.as(person('owner')),
    /** Moves the service's time forward and lets it notice, by an event that changes nothing. */
    later: async (seconds: number) => {
      clock.offsetMs += seconds * 1000
      await publish(redis, 'order.failed', { ...failedOrder, orderId: newId() })
    },
    /** Puts an event on its owner's stream as the relay would; answers its envelope. */
    publish: async <Name extends EventName>(name: Name, data: EventData<Name>, aggregateId?: string) =>
      await publish(redis, name, data, aggregateId),
    republish: async (envelope: Envelope) => await add(redis, envelope),
    messages,
    /** Every mail, once there are at least so many and none waits to be sent. */
    settled,
    /** Waits until every event published so far on the stream of `name` is handled. */
    caughtUp: async (name: EventName) => await caughtUp(redis, name),
    stop: async () => {
      redis.destroy()
      await service.stop()
    },
  }
}

const failedOrder = { number: 'S-0', userId: null, reason: 'declined', paymentId: null }

type Redis = ReturnType<typeof openRedis>
export type Envelope = {
  id: string
  name: EventName
  version: number
  aggregateId: string
  aggregateVersion: number
  occurredAt: string
  traceId: null
  data: unknown
}

async function publish<Name extends EventName>(
  redis: Redis,
  name: Name,
  data: EventData<Name>,
  aggregateId: string = randomUUID(),
): Promise<Envelope> {
  const envelope: Envelope = {
    id: newId(),
    name,
    version: catalog[name].version,
    aggregateId,
    aggregateVersion: 1,
    occurredAt: new Date().toISOString(),
    traceId: null,
    data,
  }
  await add(redis, envelope)
  return envelope
}

async function add(redis: Redis, envelope: Envelope): Promise<void> {
  await redis.xAdd(streamOf(catalog[envelope.name].owner), '*', { e: JSON.stringify(envelope) })
}

/** All entries of the stream were given out and acknowledged. */
async function caughtUp(redis: Redis, name: EventName): Promise<void> {
  await until('the group has read and acknowledged everything', async () => {
    const groups = await redis.xInfoGroups(streamOf(catalog[name].owner))
    const own = groups.find((group) => String(group.name) === 'notification')
    return own !== undefined && Number(own.lag) === 0 && Number(own.pending) === 0
  })
}

type Confirmed = EventData<'order.confirmed'>

export function orderData(change: Partial<Confirmed> = {}): Confirmed {
  return {
    orderId: newId(),
    number: 'S-100042',
    userId: null,
    email: 'mira@example.test',
    customerName: 'Mira Sorel',
    accessToken: 'guest-key-guest-key',
    lines: [
      {
        sku: 'BROOK-JUG-INK',
        name: 'Brook jug',
        optionsLabel: 'Ink, 1.2 l',
        imageUrl: 'https://shop.example.test/media/1/160.webp',
        quantity: 2,
        unitPriceMinor: 4800,
        totalMinor: 9600,
      },
    ],
    totals: {
      subtotalMinor: 9600,
      discountMinor: 0,
      shippingMinor: 490,
      taxMinor: 1611,
      totalMinor: 10_090,
      currency: 'EUR',
    },
    shippingAddress: {
      name: 'Mira Sorel',
      line1: 'Lindenstraße 18',
      city: 'Berlin',
      postalCode: '10969',
      country: 'DE',
    },
    ...change,
  }
}

export function refundData(orderId: string, amountMinor = 4800): EventData<'payment.refunded'> {
  return {
    paymentId: newId(),
    orderId,
    refundId: newId(),
    amountMinor,
    refundedTotalMinor: amountMinor,
    currency: 'EUR',
    reason: 'Arrived with a chip',
  }
}
