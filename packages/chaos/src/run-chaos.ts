import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type CheckResult, runAudit } from '@souk/audit/run-audit'
import { openSources } from '@souk/audit/sources'
import { launch, type Shop } from '@souk/host/launch'
import { findFreeOffset } from '@souk/host/ports'
import { processes } from '@souk/host/processes'
import { silentProgress } from '@souk/host/progress'
import { readSettings } from '@souk/host/settings'
import { type Fault, scheduleFaults } from './faults.ts'
import { checkHistory, type OrderOfKey, type Purchase } from './history.ts'
import { startLoad } from './load.ts'
import { seededRandom } from './random.ts'
import { stockUp } from './stock-up.ts'

export type ChaosOptions = { seed: number; loadMs: number; clients: number; tell: (line: string) => void }
export type ChaosResult = {
  seed: number
  faults: string[]
  purchases: Record<string, number>
  settledMs: number
  audit: CheckResult[]
  history: string[]
  isClean: boolean
}

const insistMs = 60_000
const settleMs = 60_000

/** One seed: load and faults together, then quiet, then every invariant and every client's story. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-chaos-'))
  chmodSync(folder, 0o755)
  const settings = await readSettings({
    environment: {
      SOUK_DATA: folder,
      SOUK_PORT_OFFSET: String(await findFreeOffset(26_000)),
      LOG_LEVEL: 'warn',
      RATE_LIMIT_ORDERS_PER_MINUTE: '1000000',
    },
  })
  let shop: Shop | undefined
  try {
    shop = await launch({
      settings,
      progress: silentProgress,
      signal: AbortSignal.timeout(180_000),
      tell: (line) => options.tell(`           ${line}`),
      processes: processes.filter((process) => process.kind !== 'app'),
    })
    return await storm(shop, options)
  } finally {
    await shop?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function storm(shop: Shop, options: ChaosOptions): Promise<ChaosResult> {
  const random = seededRandom(options.seed)
  const faults = scheduleFaults(random, options.loadMs)
  const skus = await stockUp(shop)
  const stopping = new AbortController()
  const load = startLoad({
    gatewayUrl: shop.settings.gatewayUrl,
    skus,
    clients: options.clients,
    random: seededRandom(options.seed + 1),
    signal: stopping.signal,
    insistMs,
  })
  const beganAt = Date.now()
  await Promise.all([
    ...faults.map(async (fault) => await injectAt(fault, beganAt, shop, options.tell)),
    delay(options.loadMs),
  ])
  stopping.abort()
  await load.finished
  const quietSince = Date.now()
  const audit = await auditUntilClean(shop, quietSince + settleMs)
  const history = checkHistory(load.history, await ordersByKey(shop))
  return {
    seed: options.seed,
    faults: faults.map(({ atMs, what }) => `${(atMs / 1000).toFixed(1)} s: ${what}`),
    purchases: countOutcomes(load.history),
    settledMs: Date.now() - quietSince,
    audit,
    history,
    isClean: history.length === 0 && audit.every(({ offences }) => offences.length === 0),
  }
}

async function injectAt(
  fault: Fault,
  beganAt: number,
  shop: Shop,
  tell: (line: string) => void,
): Promise<void> {
  await delay(Math.max(0, beganAt + fault.atMs - Date.now()))
  tell(`  ${((Date.now() - beganAt) / 1000).toFixed(1).padStart(5)} s  ${fault.what}`)
  await fault.inject(shop)
}

/** Everything must be settled within the time; asked again until it is or the time is over. */
async function auditUntilClean(shop: Shop, deadlineAt: number): Promise<CheckResult[]> {
  const sources = await openSources(shop.backing.databaseUrls, shop.backing.redisUrl)
  try {
    for (;;) {
      const results = await runAudit(sources, { retries: 0 })
      if (results.every(({ offences }) => offences.length === 0) || Date.now() > deadlineAt) return results
      await delay(1000)
    }
  } finally {
    await sources.close()
  }
}

async function ordersByKey(shop: Shop): Promise<OrderOfKey[]> {
  const sources = await openSources(shop.backing.databaseUrls, shop.backing.redisUrl)
  try {
    return await sources.sql<OrderOfKey>('order', 'select command_key, id, status from orders')
  } finally {
    await sources.close()
  }
}

function countOutcomes(history: readonly Purchase[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome, code, wasCancelled } of history) {
    const name = outcome === 'refused' ? `refused ${code}` : wasCancelled ? 'ordered and cancelled' : outcome
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}
