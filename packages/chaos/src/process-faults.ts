import { setTimeout as delay } from 'node:timers/promises'
import type { Shop } from '@souk/host/launch'
import { localUrl } from '@souk/host/settings'
import { type Dying, faultPoints } from './fault-points.ts'
import { type Kind, services } from './scene.ts'

export const killService: Kind = (random) => {
  const victim = random.pick(services)
  return { what: `kill -9 ${victim}`, inject: async ({ shop }) => signal(shop, victim, 'SIGKILL') }
}

export const killTwo: Kind = (random) => {
  const [first, second] = [random.pick(services), random.pick(services)]
  return {
    what: `kill -9 ${first} and ${second}`,
    inject: async ({ shop }) => {
      signal(shop, first, 'SIGKILL')
      signal(shop, second, 'SIGKILL')
    },
  }
}

export const killAgainAndAgain: Kind = (random) => {
  const [victim, times] = [random.pick(services), random.between(3, 5)]
  return {
    what: `kill -9 ${victim} ${times} times in a row`,
    inject: async ({ shop }) => {
      for (let time = 0; time < times; time += 1) {
        signal(shop, victim, 'SIGKILL')
        await delay(700)
      }
    },
  }
}

/** As when the power goes: every process at once, the servers included. */
export const powerCut: Kind = () => ({
  what: 'kill -9 every process, postgres and redis',
  inject: async ({ shop }) => {
    for (const name of [...services, 'redis', 'postgres']) signal(shop, name, 'SIGKILL')
  },
})

export const stopGently: Kind = (random) => {
  const victim = random.pick(services)
  return { what: `SIGTERM ${victim}`, inject: async ({ shop }) => signal(shop, victim, 'SIGTERM') }
}

export const freezeService: Kind = (random) => {
  // The longest is beyond every lease and every deadline between services.
  const [victim, forMs] = [random.pick(services), random.pick([700, 2500, 6000, 14_000])]
  return {
    what: `freeze ${victim} for ${forMs} ms`,
    inject: async ({ shop }) => await freeze(shop, victim, forMs),
  }
}

/** Those a purchase goes through first, for longer than any client waits. */
export const freezeTwo: Kind = (random) => {
  const [first, second] = random.pick([
    ['gateway', 'order'],
    ['order', 'payment'],
    ['order', 'inventory'],
    ['payment', 'sandbox'],
  ] as const)
  const forMs = random.between(6000, 20_000)
  return {
    what: `freeze ${first} and ${second} for ${forMs} ms`,
    inject: async ({ shop }) => {
      await Promise.all([freeze(shop, first, forMs), freeze(shop, second, forMs)])
    },
  }
}

const points = Object.entries(faultPoints).flatMap(([victim, names]) =>
  names.map((point) => ({ victim: victim as Dying, point })),
)

export const dieAtPoint: Kind = (random) => {
  const { victim, point } = random.pick(points)
  const hits = random.between(1, 4)
  return {
    what: `${victim} dies at ${point}, the ${hits}. time`,
    inject: async ({ shop }) => {
      await fetch(`${localUrl(shop.settings, victim)}/faults/${point}?hits=${hits}`, {
        method: 'POST',
        signal: AbortSignal.timeout(2000),
      }).catch(() => {})
    },
  }
}

/** To one process of the shop, if it runs now. */
export function signal(shop: Shop, name: string, sign: NodeJS.Signals): void {
  const pid = shop.supervisor
    .all()
    .find((one) => one.name === name)
    ?.pid()
  if (pid !== undefined) signalPid(pid, sign)
}

export function signalPid(pid: number, sign: NodeJS.Signals): void {
  try {
    process.kill(pid, sign)
  } catch {
    // It died by itself between the look-up and the signal.
  }
}

export async function freeze(shop: Shop, name: string, forMs: number): Promise<void> {
  signal(shop, name, 'SIGSTOP')
  await delay(forMs)
  signal(shop, name, 'SIGCONT')
}
