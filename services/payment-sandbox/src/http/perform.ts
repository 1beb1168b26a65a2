import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../charge/charge.ts'
import type { FaultMode, Faults, Matched, Operation } from '../fault/faults.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import type { Done } from '../provider.ts'
import type { Delivery } from '../webhook/dispatch.ts'
import { hashOf, requireKey } from './answers.ts'

const before = ['hang', 'error_before', 'slow'] as const
const after = [
  'hang_after',
  'error_after',
  'drop_after',
  'webhook_first',
  'webhook_duplicate',
  'webhook_delay',
  'webhook_reorder',
  'webhook_lost',
] as const

type Command = {
  operation: Operation
  reference: string | undefined
  input: unknown
  /** A fault that belongs to the token itself; meets only the first request with a key. */
  own?: Matched | undefined
  run: (keyed: { key: string; hash: string }, delivery: Delivery) => Done<unknown>
}

/**
 * One write of a merchant: the first answer to its Idempotency-Key is stored and given again, another
 * body is refused, and asked-for faults strike before or after the effect, as they would at a real provider.
 */
export function createPerformer(ledger: Ledger, faults: Faults) {
  const running = new Set<string>()
  /** Keys whose token's own fault has struck; only faulty test tokens come here. */
  const tried = new Set<string>()

  return async (request: FastifyRequest, reply: FastifyReply, command: Command) => {
    const key = requireKey(request)
    const hash = hashOf(command.operation, command.input)
    const replayed = storedAnswer(key, hash)
    const own = command.own && !replayed && !tried.has(key) ? [command.own] : []
    const early = [...faults.meet(command.operation, command.reference, before), ...pick(own, before)]
    if (own.length > 0) tried.add(key)
    if (has(early, 'hang')) return hang(reply)
    if (has(early, 'error_before')) throw new Refused(500, 'internal', 'The provider failed.')
    if (running.has(key)) throw new Refused(409, 'idempotency_in_flight', 'The first request still runs.')
    running.add(key)
    try {
      for (const fault of early) if (fault.mode === 'slow') await delay(fault.delayMs)
      const late = [...faults.meet(command.operation, command.reference, after), ...pick(own, after)]
      const stored = storedAnswer(key, hash)
      const done = stored ? undefined : command.run({ key, hash }, deliveryOf(late))
      if (has(late, 'hang_after')) return hang(reply)
      if (has(late, 'drop_after')) return drop(reply)
      if (has(late, 'error_after')) throw new Refused(500, 'internal', 'The provider failed.')
      if (has(late, 'webhook_first')) await done?.webhook
      if (stored) {
        return await reply
          .code(stored.status)
          .header('idempotent-replayed', 'true')
          .type('application/json')
          .send(stored.body)
      }
      return await reply.code(done?.status ?? 200).send(done?.thing)
    } finally {
      running.delete(key)
    }
  }

  function storedAnswer(key: string, hash: string) {
    const stored = ledger.answer(key)
    if (stored && stored.hash !== hash)
      throw new Refused(400, 'idempotency_key_reused', 'This key was used with another request.')
    return stored
  }
}

function deliveryOf(faults: readonly Matched[]): Delivery {
  const of = (mode: FaultMode) => faults.find((fault) => fault.mode === mode)
  const held = of('webhook_reorder')
  const delayed = of('webhook_delay')
  return {
    ...(of('webhook_duplicate') ? { copies: 2 } : {}),
    ...(delayed ? { delayMs: delayed.delayMs } : {}),
    ...(held ? { isHeld: true, delayMs: held.delayMs } : {}),
    ...(of('webhook_first') ? { delayMs: 0 } : {}),
    ...(of('webhook_lost') ? { isLost: true } : {}),
  }
}

const has = (faults: readonly Matched[], mode: FaultMode) => faults.some((fault) => fault.mode === mode)
const pick = (faults: readonly Matched[], modes: readonly FaultMode[]) =>
  faults.filter((fault) => modes.includes(fault.mode))

/** The request is never answered; its socket stays open until the merchant gives up. */
function hang(reply: FastifyReply): FastifyReply {
  return reply.hijack()
}

function drop(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.destroy()
  return reply
}
