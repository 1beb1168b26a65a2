import { type EventData, type EventName, streamOf } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { startService } from '@souk/runtime/start-service'
import { createLog } from '@souk/service/log'
import { openRedis } from '@souk/service/redis'
import { person, startTestService, type TestService } from '@souk/testing/service-harness'
import type { Category, CreateProduct, Product, VariantInput } from '../src/contract.ts'
import type { ProductRouter } from '../src/router.ts'
import { productService } from '../src/service.ts'

export type RecordedEvent<Name extends EventName = EventName> = {
  name: Name
  aggregate_id: string
  aggregate_version: number
  payload: EventData<Name>
}

export type ProductHarness = {
  service: TestService<ProductRouter>
  staff: ReturnType<TestService<ProductRouter>['as']>
  category(name?: string): Promise<Category>
  /** A product of its own, in a category of its own unless one is named. */
  product(over?: Partial<CreateProduct>): Promise<Product>
  /** What the outbox says of a product, in order. */
  events(productId: string): Promise<RecordedEvent[]>
  /** Puts inventory's word on its stream; the same `id` again is a second delivery. */
  level(sku: string, available: number, version: number, id?: string, backorderable?: number): Promise<string>
  handled(eventId: string): Promise<boolean>
  /** Every row that a refused request could have touched. */
  fingerprint(): Promise<string>
  stop(): Promise<void>
}

export async function startProductHarness(): Promise<ProductHarness> {
  const service = await startTestService<ProductRouter>(
    'product',
    async (env) =>
      await startService(
        productService({
          ...env,
          NODE_ENV: 'test',
          LOG_LEVEL: 'silent',
          MEDIA_BASE_URL: 'http://shop.test/media',
        }),
      ),
  )
  const redis = openRedis(
    service.env.REDIS_URL,
    createLog({ service: 'test', instance: '0', level: 'silent' }),
  )
  await redis.connect()
  const staff = service.as(person('staff'))
  const category = async (name = `Shelf ${newId()}`) => await staff.category.create.mutate({ name })
  return {
    service,
    staff,
    category,
    product: async (over = {}) => {
      const slug = over.category ?? (await category()).slug
      return await staff.product.create.mutate({ ...productInput(slug), ...over })
    },
    events: async (productId) =>
      await service.sql<RecordedEvent>(
        `select name, aggregate_id, aggregate_version::int, payload from outbox
         where aggregate_id = $1 order by aggregate_version`,
        [productId],
      ),
    level: async (sku, available, version, id = newId(), backorderable = 0) => {
      const envelope = {
        id,
        name: 'stock.level_changed',
        version: 1,
        aggregateId: sku,
        aggregateVersion: version,
        occurredAt: new Date().toISOString(),
        traceId: null,
        data: { sku, onHand: available, reserved: 0, available, backorderable },
      }
      await redis.xAdd(streamOf('inventory'), '*', { e: JSON.stringify(envelope) })
      return id
    },
    handled: async (eventId) =>
      (await service.sql('select 1 from inbox where event_id = $1', [eventId])).length > 0,
    fingerprint: async () => {
      const [row] = await service.sql<{ all: string }>(fingerprintSql)
      return row?.all ?? ''
    },
    stop: async () => {
      redis.destroy()
      await service.stop()
    },
  }
}

const tables = [
  'product',
  'product_option',
  'product_option_value',
  'product_colour',
  'variant',
  'availability',
  'category',
  'colour',
  'image',
  'image_original',
]
const fingerprintSql = `select concat_ws(' ', (select count(*) from outbox), ${tables
  .map((table) => `(select md5(coalesce(string_agg(md5(t::text), '' order by t::text), '')) from ${table} t)`)
  .join(', ')}) as all`

export function sku(): string {
  return `SKU-${newId().slice(-12)}`
}

export function variant(options: Record<string, string>, over: Partial<VariantInput> = {}): VariantInput {
  return { sku: sku(), options, ...over }
}

export function productInput(category: string, over: Partial<CreateProduct> = {}): CreateProduct {
  return {
    name: `Thing ${newId().slice(-6)}`,
    description: 'Made for a test.',
    category,
    price: { amount: 1900, currency: 'EUR' },
    variants: [variant({ colour: 'Oat' }, { stock: 12 })],
    ...over,
  }
}

/** What a call was refused with; fails when it was not. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ code: string; reason?: string; paths: string[] }> {
  const error: unknown = await call.then(
    () => {
      throw new Error('The call was not refused')
    },
    (thrown: unknown) => thrown,
  )
  const { code, details } = error as {
    code?: string
    details?: { reason?: string; errors?: { path: string }[] }
  }
  if (code === undefined) throw error
  return { code, reason: details?.reason, paths: (details?.errors ?? []).map((fault) => fault.path) }
}
