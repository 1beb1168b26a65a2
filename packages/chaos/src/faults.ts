import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Shop } from '@souk/host/launch'
import type { Random } from './random.ts'

export type Fault = { atMs: number; what: string; inject: (shop: Shop) => Promise<void> }

const services = [
  'product',
  'order',
  'payment',
  'inventory',
  'identity',
  'notification',
  'gateway',
  'sandbox',
] as const

/** A schedule made from the seed alone: when, what and to whom. The last quarter of the time stays quiet. */
export function scheduleFaults(random: Random, totalMs: number): Fault[] {
  const count = random.between(5, 8)
  const faults = Array.from({ length: count }, () => ({
    atMs: random.between(1000, Math.floor(totalMs * 0.75)),
    ...random.pick(kinds)(random),
  }))
  return faults.sort((a, b) => a.atMs - b.atMs)
}

type Kind = (random: Random) => Omit<Fault, 'atMs'>

const killService: Kind = (random) => {
  const victim = random.pick(services)
  return { what: `kill -9 ${victim}`, inject: async (shop) => signal(shop, victim, 'SIGKILL') }
}

const killTwo: Kind = (random) => {
  const [first, second] = [random.pick(services), random.pick(services)]
  return {
    what: `kill -9 ${first} and ${second}`,
    inject: async (shop) => {
      signal(shop, first, 'SIGKILL')
      signal(shop, second, 'SIGKILL')
    },
  }
}

const freezeService: Kind = (random) => {
  const [victim, forMs] = [random.pick(services), random.between(500, 6000)]
  return {
    what: `freeze ${victim} for ${forMs} ms`,
    inject: async (shop) => await freeze(shop, victim, forMs),
  }
}

const freezeRedis: Kind = (random) => {
  const forMs = random.between(500, 5000)
  return { what: `freeze redis for ${forMs} ms`, inject: async (shop) => await freeze(shop, 'redis', forMs) }
}

const restartRedis: Kind = () => ({
  what: 'kill -9 redis, keeping its data',
  inject: async (shop) => signal(shop, 'redis', 'SIGKILL'),
})

const emptyRedis: Kind = () => ({
  what: 'kill -9 redis, losing its data',
  inject: async (shop) => {
    // Frozen first, so that nothing is written between the removal and the end.
    signal(shop, 'redis', 'SIGSTOP')
    rmSync(join(shop.settings.dataFolder, 'redis', 'appendonlydir'), { recursive: true, force: true })
    rmSync(join(shop.settings.dataFolder, 'redis', 'dump.rdb'), { force: true })
    signal(shop, 'redis', 'SIGKILL')
  },
})

const stopPostgres: Kind = () => ({
  what: 'immediate stop of postgres',
  inject: async (shop) => signal(shop, 'postgres', 'SIGQUIT'),
})

const kinds: readonly Kind[] = [
  killService,
  killService,
  killService,
  killTwo,
  freezeService,
  freezeService,
  freezeRedis,
  restartRedis,
  emptyRedis,
  stopPostgres,
]

function signal(shop: Shop, name: string, sign: NodeJS.Signals): void {
  const pid = shop.supervisor
    .all()
    .find((one) => one.name === name)
    ?.pid()
  if (pid === undefined) return
  try {
    process.kill(pid, sign)
  } catch {
    // It died by itself between the look-up and the signal.
  }
}

async function freeze(shop: Shop, name: string, forMs: number): Promise<void> {
  signal(shop, name, 'SIGSTOP')
  await delay(forMs)
  signal(shop, name, 'SIGCONT')
}
