import type { Shop } from '@souk/host/launch'
import type { Load } from './load.ts'
import type { Random } from './random.ts'
import type { Wire } from './wire.ts'

/** The wires of one run, by the process that uses them and what lies at their other end. */
export type Wires = { get(user: string, end: WireEnd): Wire | undefined; all(): Wire[] }
export type WireEnd = 'postgres' | 'redis' | 'sandbox'

/** What a fault may touch. */
export type Scene = {
  shop: Shop
  wires: Wires
  load: Load
  /** Notes something that the shop did and must not do. */
  blame(sentence: string): void
}

/** One thing that goes wrong. `inject` ends when it is over. */
export type Fault = { atMs: number; what: string; inject: (scene: Scene) => Promise<void> }
export type Kind = (random: Random) => Omit<Fault, 'atMs'>

export const services = [
  'product',
  'order',
  'payment',
  'inventory',
  'identity',
  'notification',
  'gateway',
  'sandbox',
  'audit',
] as const
export const withDatabase = ['product', 'order', 'payment', 'inventory', 'notification'] as const
