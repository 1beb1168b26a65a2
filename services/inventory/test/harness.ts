import { openInventoryDatabase } from '@souk/db/inventory'
import type { EventData, EventName } from '@souk/events/catalog'
import { catalog, streamOf } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { type RunningService, startService } from '@souk/runtime/start-service'
import { serviceClient } from '@souk/service/client'
import { person, serviceActor, startTestService, type TestService } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { createClient } from 'redis'
import type { InventoryRouter } from '../src/router.ts'
import { type InventorySettings, inventoryService } from '../src/service.ts'

export const lowStockThreshold = 5
export const holdLimitSeconds = 1800
export const mainLocation = '01930000-0000-7000-8000-000000000001'

export type InventoryHarness = Awaited<ReturnType<typeof startInventoryHarness>>

/** The inventory service on a database of its own, with the means to fill it and to speak as its neighbours. */
export async function startInventoryHarness() {
  let url = ''
  const start = async (env: InventorySettings): Promise<RunningService> =>
    await startService(inventoryService(env))
  const service = await startTestService<InventoryRouter>('inventory', async (env) => {
    url = env.REDIS_URL
    return await start({
      ...env,
      LOW_STOCK_THRESHOLD: lowStockThreshold,
      HOLD_LIMIT_SECONDS: holdLimitSeconds,
    })
  })
  const redis = createClient({ url })
  await redis.connect()
  const others: RunningService[] = []
  const db = openInventoryDatabase({ url: service.env.DATABASE_URL, applicationName: 'test' })
  const order = service.as(serviceActor('order'))
  const staff = service.as(person('staff'))

  return {
    service,
    /** Beside the service: for calling what no request can reach, and for statements that run at once. */
    db,
    order,
    staff,
    /** A SKU of its own with so many pieces at the main location. */
    sku: async (onHand: number, name = `SKU-${newId().slice(-12)}`) => {
      await publish(redis, 'product.created', newId(), {
        productId: newId(),
        slug: name.toLowerCase(),
        name,
        variants: [{ variantId: newId(), sku: name, initialStock: onHand }],
      })
      await until(`${name} is known`, async () => await findLevel(service, name))
      return name
    },
    /** A further place for goods, behind all others. */
    addLocation: async (priority: number) => {
      const id = newId()
      await service.sql('insert into location (id, code, name, priority) values ($1, $2, $2, $3)', [
        id,
        `place-${id.slice(-8)}`,
        priority,
      ])
      return id
    },
    publish: async <Name extends EventName>(
      name: Name,
      data: EventData<Name>,
      options: PublishOptions = {},
    ) => await publish(redis, name, options.aggregateId ?? newId(), data, options),
    level: async (sku: string) => await staff.stock.level.query({ sku }),
    /** A second process of the same service beside the first. */
    startAnother: async () => {
      const running = await start({
        ...service.env,
        INSTANCE: `other-${others.length}`,
        LOW_STOCK_THRESHOLD: lowStockThreshold,
        HOLD_LIMIT_SECONDS: holdLimitSeconds,
      })
      others.push(running)
      return { order: clientOf(service, running) }
    },
    /** Makes a reservation's time run out. */
    overdue: async (orderId: string) => {
      await db.sql.query(
        `update reservation set expires_at = now() - interval '1 second' where order_id = $1`,
        [orderId],
      )
    },
    stop: async () => {
      await Promise.all(others.map(async (running) => await running.stop()))
      redis.destroy()
      await db.close()
      await service.stop()
    },
  }
}

type PublishOptions = { eventId?: string; aggregateId?: string }

async function publish<Name extends EventName>(
  redis: { xAdd(stream: string, id: string, fields: Record<string, string>): Promise<unknown> },
  name: Name,
  aggregateId: string,
  data: EventData<Name>,
  options: PublishOptions = {},
): Promise<string> {
  const id = options.eventId ?? newId()
  const envelope = {
    id,
    name,
    version: catalog[name].version,
    aggregateId,
    aggregateVersion: 1,
    occurredAt: new Date().toISOString(),
    traceId: null,
    data,
  }
  await redis.xAdd(streamOf(catalog[name].owner), '*', { e: JSON.stringify(envelope) })
  return id
}

async function findLevel(service: TestService<InventoryRouter>, sku: string) {
  const { items } = await service.as(serviceActor('order')).stock.levels.query({ skus: [sku] })
  return items[0]
}

function clientOf(service: TestService<InventoryRouter>, running: RunningService) {
  return serviceClient<InventoryRouter>({
    service: running.name,
    directory: { addresses: () => [running.url], stop: () => {} },
    mint: async (_audience, actor) => await service.tokenFor(actor),
    actor: () => serviceActor('order'),
    timeoutMs: 8000,
  })
}
