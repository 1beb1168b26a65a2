import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from './random.ts'
import { type Kind, services, type WireEnd } from './scene.ts'
import type { WireFault } from './wire.ts'

function someWire(random: Random): { user: string; end: WireEnd } {
  if (random.next() < 0.15) return { user: 'payment', end: 'sandbox' }
  const user = random.pick(services.filter((name) => name !== 'sandbox' && name !== 'audit'))
  return { user, end: user === 'gateway' || random.next() < 0.5 ? 'redis' : 'postgres' }
}

const lasting = (describe: (random: Random) => { fault: WireFault; what: string }): Kind => {
  return (random) => {
    const { user, end } = someWire(random)
    const { fault, what } = describe(random)
    const forMs = random.between(1000, 7000)
    return {
      what: `${user} and ${end}: ${what} for ${forMs} ms`,
      inject: async ({ wires }) => {
        const wire = wires.get(user, end)
        wire?.set(fault)
        await delay(forMs)
        wire?.set(undefined)
      },
    }
  }
}

export const slowWire = lasting((random) => {
  const delayMs = random.pick([5, 50, 300, 1500])
  return { fault: { kind: 'slow', delayMs }, what: `${delayMs} ms of delay` }
})

export const silentWire = lasting(() => ({ fault: { kind: 'silent' }, what: 'open but silent' }))

export const refusingWire = lasting(() => ({ fault: { kind: 'refusing' }, what: 'no new connections' }))

export const tornWire = lasting((random) => {
  const afterBytes = random.pick([1, 100, 1500, 20_000])
  return { fault: { kind: 'torn', afterBytes }, what: `torn after ${afterBytes} bytes` }
})

export const cutWire: Kind = (random) => {
  const { user, end } = someWire(random)
  return {
    what: `${user} and ${end}: cut`,
    inject: async ({ wires }) => wires.get(user, end)?.cut(),
  }
}

export const cutAllWires: Kind = () => ({
  what: 'every connection to postgres, redis and the provider: cut',
  inject: async ({ wires }) => {
    for (const wire of wires.all()) wire.cut()
  },
})
