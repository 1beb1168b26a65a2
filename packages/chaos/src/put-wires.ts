import type { Settings } from '@souk/host/settings'
import type { ProcessSpec } from '@souk/host/supervise'
import type { WireEnd, Wires } from './scene.ts'
import { openWire, type Wire } from './wire.ts'

export type PutWires = Wires & {
  /** The same process, told to go through its wires. */
  adjust(spec: ProcessSpec): ProcessSpec
  close(): Promise<void>
}

const users: Record<WireEnd, readonly string[]> = {
  postgres: ['product', 'order', 'payment', 'inventory', 'identity', 'notification'],
  redis: ['product', 'order', 'payment', 'inventory', 'identity', 'notification', 'gateway'],
  sandbox: ['payment'],
}
const variables: Record<WireEnd, string> = {
  postgres: 'DATABASE_URL',
  redis: 'REDIS_URL',
  sandbox: 'SANDBOX_URL',
}

/** One wire for each process and server it talks to. */
export async function putWires(settings: Settings): Promise<PutWires> {
  const wires = new Map<string, Wire>()
  const ends = Object.keys(users) as WireEnd[]
  for (const end of ends)
    for (const user of users[end]) wires.set(`${user} ${end}`, await openWire(settings.ports[end]))
  return {
    get: (user, end) => wires.get(`${user} ${end}`),
    all: () => [...wires.values()],
    adjust(spec) {
      const env = { ...spec.env }
      for (const end of ends) {
        const wire = wires.get(`${spec.name} ${end}`)
        const given = env[variables[end]]
        if (!wire || given === undefined) continue
        const url = new URL(given)
        url.hostname = '127.0.0.1'
        url.port = String(wire.port)
        env[variables[end]] = url.href.replace(/\/$/, '')
      }
      return { ...spec, env }
    },
    close: async () => {
      await Promise.all([...wires.values()].map(async (wire) => await wire.close()))
    },
  }
}
