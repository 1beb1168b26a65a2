import { dropStream, flushRedis, reorderEvents, repeatEvents, trimEvents } from './event-faults.ts'
import { burst, lastPieces, sameKey } from './load-faults.ts'
import {
  dieAtPoint,
  freezeService,
  freezeTwo,
  killAgainAndAgain,
  killService,
  killTwo,
  powerCut,
  stopGently,
} from './process-faults.ts'
import { failingProvider, webhookStorm } from './provider-faults.ts'
import type { Random } from './random.ts'
import type { Fault, Kind } from './scene.ts'
import {
  cutRedisTail,
  emptyRedis,
  endBackends,
  freezeBackend,
  freezePostgres,
  freezeRedis,
  killBackend,
  restartRedis,
  stopPostgres,
} from './store-faults.ts'
import { cutAllWires, cutWire, refusingWire, silentWire, slowWire, tornWire } from './wire-faults.ts'

/** A family is picked first, so that each kind of trouble comes about as often, however many shapes it has. */
const families: readonly (readonly Kind[])[] = [
  [killService, killService, killTwo, killAgainAndAgain, stopGently, powerCut],
  [dieAtPoint],
  [dieAtPoint],
  [freezeService, freezeService, freezeTwo],
  [freezeRedis, restartRedis, emptyRedis, cutRedisTail],
  [stopPostgres, killBackend, freezeBackend, freezePostgres, endBackends],
  [slowWire, silentWire, refusingWire, tornWire, cutWire, cutAllWires],
  [failingProvider, failingProvider, webhookStorm],
  [repeatEvents, reorderEvents, trimEvents, dropStream, flushRedis],
  [burst, lastPieces, sameKey],
]

/** A schedule made from the seed alone: when, what and to whom. The last quarter of the time stays quiet. */
export function scheduleFaults(random: Random, totalMs: number): Fault[] {
  const perMinute = random.between(10, 16)
  const count = Math.max(4, Math.round((perMinute * totalMs) / 60_000))
  const faults = Array.from({ length: count }, () => ({
    atMs: random.between(1000, Math.floor(totalMs * 0.75)),
    ...random.pick(random.pick(families))(random),
  }))
  return faults.sort((a, b) => a.atMs - b.atMs)
}
