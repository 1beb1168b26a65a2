import { newId } from '@souk/kernel/id'
import { z } from 'zod'

/** Ways in which a provider fails its merchants. `_before` and `hang`: nothing happened. `_after`: it did. */
export const faultModes = [
  'hang',
  'error_before',
  'slow',
  'hang_after',
  'error_after',
  'drop_after',
  'webhook_first',
  'webhook_duplicate',
  'webhook_delay',
  'webhook_reorder',
  'webhook_lost',
  'refund_pending',
  'refund_fails',
] as const
export const FaultMode = z.enum(faultModes)
export type FaultMode = z.infer<typeof FaultMode>

export const operations = ['charge', 'capture', 'void', 'refund', 'read', 'any'] as const
export type Operation = (typeof operations)[number]

export const NewFault = z.strictObject({
  mode: FaultMode,
  operation: z.enum(operations).default('any'),
  /** Only for requests about this merchant reference. */
  reference: z.string().min(1).max(120).optional(),
  /** How many requests it meets before it is used up. */
  times: z.int().min(1).max(1_000_000).default(1),
  delayMs: z.int().min(0).max(600_000).default(1000),
})
export type Fault = z.output<typeof NewFault> & { id: string }

export type Matched = { mode: FaultMode; delayMs: number }

/** The faults somebody asked for, used up as requests meet them. Held in memory: a restart heals. */
export function createFaults() {
  const active = new Map<string, Fault>()

  function take(fault: Fault): Matched {
    fault.times -= 1
    if (fault.times <= 0) active.delete(fault.id)
    return { mode: fault.mode, delayMs: fault.delayMs }
  }

  return {
    add(input: z.output<typeof NewFault>): Fault {
      const fault = { ...input, id: newId() }
      active.set(fault.id, fault)
      return { ...fault }
    },
    list: (): Fault[] => [...active.values()].map((fault) => ({ ...fault })),
    clear: () => active.clear(),
    /** Takes one use of every fault that this request meets and whose mode is among `modes`. */
    meet(operation: Operation, reference: string | undefined, modes: readonly FaultMode[]): Matched[] {
      if (active.size === 0) return []
      return [...active.values()]
        .filter((fault) => modes.includes(fault.mode))
        .filter((fault) => fault.operation === 'any' || fault.operation === operation)
        .filter((fault) => fault.reference === undefined || fault.reference === reference)
        .map(take)
    },
  }
}

export type Faults = ReturnType<typeof createFaults>
