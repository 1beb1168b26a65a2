import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, type Shop } from '@souk/host/launch'
import { findFreeOffset } from '@souk/host/ports'
import { adminUrl } from '@souk/host/postgres'
import { createProgress } from '@souk/host/progress'
import { readSettings } from '@souk/host/settings'
import { newId } from '@souk/kernel/id'
import { send, signIn } from './bench/api.ts'
import { openWorkCounter } from './bench/database-work.ts'
import { memoryOf } from './bench/memory.ts'
import { addToCart, buy, measureBursts, measureLoad } from './bench/purchases.ts'
import { measureRead } from './bench/reads.ts'
import { report } from './bench/report.ts'

const buyers = 16
const crowd = 500
/** A shop that has been open for a while: compiled code, warm pools. */
const warmUpSeconds = 15
const loadSeconds = 10
const distinctProducts = 40

/** A shop of its own, fresh and on free ports, so that figures do not depend on what was sold before. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-bench-'))
  chmodSync(folder, 0o755)
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stopping.abort(new Error('Stopped.')))
  const progress = createProgress()
  let shop: Shop | undefined
  try {
    const settings = await readSettings({
      environment: {
        SOUK_DATA: folder,
        SOUK_PORT_OFFSET: String(await findFreeOffset(24_000)),
        LOG_LEVEL: 'warn',
        RATE_LIMIT_ORDERS_PER_MINUTE: '1000000',
      },
    })
    shop = await launch({
      settings,
      progress,
      signal: stopping.signal,
      tell: (line) => console.log(line),
      countsStatements: true,
    })
    progress.end()
    console.log(`\n${await measure(shop)}\n`)
  } finally {
    progress.end()
    await shop?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function measure(shop: Shop): Promise<string> {
  const { gatewayUrl } = shop.settings
  const skus = await stockUp(shop)
  const memory = shop.supervisor.all().flatMap((one) => {
    const pid = one.pid()
    return pid === undefined ? [] : [memoryOf(one.name, pid)]
  })
  const reads = [
    await measureRead('product list', `${gatewayUrl}/api/v1/products`),
    await measureRead('product detail', `${gatewayUrl}/api/v1/products/tarn-mug`),
  ]
  const carts = Array.from({ length: buyers }, () => newId())
  const pick = (index: number) => skus[index % skus.length] ?? ''
  let turn = 0
  const buyDistinct = async () => await buy(gatewayUrl, pick(turn++))
  const purchases = {
    name: `guest purchase, ${buyers} buyers, ${skus.length} products`,
    workers: buyers,
    seconds: loadSeconds,
    once: buyDistinct,
  }
  const loads = [
    await measureLoad({
      name: `add to cart, ${buyers} shoppers`,
      workers: buyers,
      seconds: loadSeconds,
      once: async (worker) => await addToCart(gatewayUrl, carts[worker] ?? newId(), pick(worker)),
    }),
  ]
  await measureLoad({ ...purchases, seconds: warmUpSeconds })
  const counter = await openWorkCounter(
    adminUrl({ port: shop.settings.ports.postgres, password: shop.settings.secrets.postgresPassword }),
  )
  const countFrom = turn
  const work = await counter.per(
    async () => loads.push(await measureLoad(purchases)),
    () => turn - countFrom,
  )
  await counter.close()
  loads.push(
    await measureBursts({
      name: `guest purchase, ${crowd} buyers at once, one product`,
      buyers: crowd,
      rounds: 3,
      once: async () => await buy(gatewayUrl, pick(0)),
    }),
  )
  const machine = `${cpus().length} cores of ${cpus()[0]?.model ?? 'unknown make'}, Node ${process.version}`
  return report({ machine, reads, loads, work, memory })
}

/** Enough of each product that nothing sells out during the run. */
async function stockUp(shop: Shop): Promise<string[]> {
  const { gatewayUrl, env } = shop.settings
  const token = await signIn(gatewayUrl, 'admin@souk.test', env.SOUK_DEMO_PASSWORD)
  const list = await send('GET', `${gatewayUrl}/api/v1/products?limit=${distinctProducts}`)
  const { items = [] }: { items?: { variants: { sku: string }[] }[] } = Object(list.body)
  const skus = items.flatMap(({ variants }) => variants[0]?.sku ?? [])
  for (const sku of skus) {
    const answer = await send('POST', `${gatewayUrl}/api/v1/inventory/${sku}/adjustments`, {
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': newId() },
      body: { delta: 100_000, reason: 'received' },
    })
    if (answer.status !== 201)
      throw new Error(`Stocking ${sku} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  }
  return skus
}

await main()
