import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { CheckResult } from '@souk/audit/run-audit'
import { launch, type Shop } from '@souk/host/launch'
import { findFreeOffset } from '@souk/host/ports'
import { processes } from '@souk/host/processes'
import { silentProgress } from '@souk/host/progress'
import { readSettings } from '@souk/host/settings'
import type { ProcessSpec } from '@souk/host/supervise'
import type { Purchase } from './history.ts'
import { startLoad } from './load.ts'
import { type PutWires, putWires } from './put-wires.ts'
import { seededRandom } from './random.ts'
import type { Fault, Scene } from './scene.ts'
import { scheduleFaults } from './schedule.ts'
import { stockUp } from './stock-up.ts'
import { judge } from './verdict.ts'

export type ChaosOptions = {
  seed: number
  loadMs: number
  clients: number
  tell: (line: string) => void
  /** Leaves the data and logs of a broken run where they are. */
  keepsBroken?: boolean
}
export type ChaosResult = {
  seed: number
  faults: string[]
  purchases: Record<string, number>
  requests: number
  settledMs: number
  audit: CheckResult[]
  contradictions: string[]
  isClean: boolean
}

/** Counted from the last fault or the last purchase begun, whichever is later. */
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
      FAULT_POINTS: '1',
      RATE_LIMIT_ORDERS_PER_MINUTE: '1000000',
    },
  })
  const wires = await putWires(settings)
  let shop: Shop | undefined
  let isClean = true
  try {
    shop = await launch({
      settings,
      progress: silentProgress,
      signal: AbortSignal.timeout(180_000),
      tell: (line) => options.tell(`           ${line}`),
      processes: processes.filter((process) => process.kind !== 'app'),
      adjust: (spec) => wires.adjust(hurried(spec)),
    })
    const result = await storm(shop, wires, options)
    isClean = result.isClean
    return result
  } finally {
    await shop?.stop()
    await wires.close()
    if (isClean || !options.keepsBroken) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    else options.tell(`Its data and logs are in ${folder}`)
  }
}

/** A customer who never answers the provider is given up in seconds, so that no order is open at the end. */
function hurried(spec: ProcessSpec): ProcessSpec {
  if (spec.name !== 'sandbox') return spec
  return {
    ...spec,
    env: { ...spec.env, SANDBOX_UPI_EXPIRES_MS: '8000', SANDBOX_REDIRECT_EXPIRES_MS: '8000' },
  }
}

async function storm(shop: Shop, wires: PutWires, options: ChaosOptions): Promise<ChaosResult> {
  const faults = scheduleFaults(seededRandom(options.seed), options.loadMs)
  const goods = await stockUp(shop)
  const stopping = new AbortController()
  const load = startLoad({
    gatewayUrl: shop.settings.gatewayUrl,
    orderTokenSecret: shop.settings.secrets.orderTokenSecret,
    goods,
    clients: options.clients,
    random: seededRandom(options.seed + 1),
    signal: stopping.signal,
    insistMs: settleMs,
  })
  const blamed: string[] = []
  const scene: Scene = { shop, wires, load, blame: (sentence) => blamed.push(sentence) }
  const beganAt = Date.now()
  await Promise.all([
    ...faults.map(async (fault) => await injectAt(fault, beganAt, scene, options.tell)),
    delay(options.loadMs),
  ])
  stopping.abort()
  const quietSince = Date.now()
  await load.finished
  const { audit, contradictions } = await judge(shop, load, quietSince + settleMs)
  const all = [...blamed, ...contradictions]
  return {
    seed: options.seed,
    faults: faults.map(({ atMs, what }) => `${(atMs / 1000).toFixed(1)} s: ${what}`),
    purchases: countOutcomes(load.history),
    requests: load.history.reduce((sum, { requests }) => sum + requests, 0),
    settledMs: Date.now() - quietSince,
    audit,
    contradictions: all,
    isClean: all.length === 0 && audit.every(({ offences }) => offences.length === 0),
  }
}

async function injectAt(
  fault: Fault,
  beganAt: number,
  scene: Scene,
  tell: (line: string) => void,
): Promise<void> {
  await delay(Math.max(0, beganAt + fault.atMs - Date.now()))
  tell(`  ${((Date.now() - beganAt) / 1000).toFixed(1).padStart(5)} s  ${fault.what}`)
  await fault.inject(scene).catch((error: unknown) => {
    // Two faults meet: what this one needs is away at the moment.
    tell(`           could not: ${error instanceof Error ? error.message : error}`)
  })
}

function countOutcomes(history: readonly Purchase[]): Record<string, number> {
  const counts: Record<string, number> = {}
  const add = (name: string, count = 1) => {
    counts[name] = (counts[name] ?? 0) + count
  }
  for (const { outcome, code, cancel, refunds, steps } of history) {
    add(outcome === 'refused' ? `refused ${code}` : outcome)
    if (cancel === 'done') add('cancelled')
    for (const step of steps) if (step.outcome === 'done') add(step.kind)
    const given = refunds.filter((refund) => refund.outcome === 'done').length
    if (given > 0) add('refunds', given)
  }
  return counts
}
