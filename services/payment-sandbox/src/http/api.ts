import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refused } from '../charge/charge.ts'
import { banks, behaviourOf, wallets } from '../charge/methods.ts'
import { type Faults, NewFault } from '../fault/faults.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import type { Provider, RefundCourse } from '../provider.ts'
import { bearerGuard, parse } from './answers.ts'
import { createPerformer } from './perform.ts'

const Amount = z.int().min(1).max(1_000_000_000_00)
const Reference = z.string().min(1).max(120)
const Method = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('card'), token: z.string().regex(/^tok_[a-z0-9_]{1,60}$/) }),
  z.strictObject({
    type: z.literal('upi'),
    vpa: z.string().regex(/^[\w.-]{2,80}@[a-zA-Z][a-zA-Z0-9]{1,40}$/),
  }),
  z.strictObject({ type: z.literal('netbanking'), bank: z.string().regex(/^[A-Z]{3,10}$/) }),
  z.strictObject({ type: z.literal('wallet'), wallet: z.string().regex(/^[a-z]{3,30}$/) }),
])
const CreateCharge = z.strictObject({
  amount: Amount,
  currency: z.string().regex(/^[A-Z]{3}$/),
  method: Method,
  capture: z.boolean().default(true),
  reference: Reference,
  returnUrl: z.url({ protocol: /^https?$/ }).max(2000),
})
const CaptureCharge = z.strictObject({ amount: Amount.optional(), final: z.boolean().default(true) })
const Empty = z.strictObject({})
const CreateRefund = z.strictObject({ charge: z.string().max(60), amount: Amount, reference: Reference })
const Page = {
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** The id of the last item of the page before. */
  after: z.string().max(60).optional(),
  /** Only what changed then or later. */
  updatedSince: z.iso.datetime().optional(),
}
const ListCharges = z.strictObject({
  reference: Reference.optional(),
  idempotencyKey: z.string().max(255).optional(),
  ...Page,
})
const ListRefunds = z.strictObject({
  charge: z.string().max(60).optional(),
  idempotencyKey: z.string().max(255).optional(),
  ...Page,
})
const ById = z.object({ id: z.string().max(60) })

type Options = { apiKey: string; ledger: Ledger; faults: Faults; provider: Provider }

/** The merchants' API under /v1. */
export function apiRoutes(app: FastifyInstance, options: Options): void {
  const { ledger, faults, provider } = options
  const perform = createPerformer(ledger, faults)
  app.addHook('onRequest', bearerGuard(options.apiKey))

  app.post('/v1/charges', async (request, reply) => {
    const input = parse(CreateCharge, request.body)
    const behaviour = behaviourOf(input.method)
    if (!behaviour) throw new Refused(400, 'invalid_token', 'There is no such token, bank or wallet.')
    const own = behaviour.fault && { mode: behaviour.fault.mode, delayMs: behaviour.fault.delayMs ?? 0 }
    return await perform(request, reply, {
      operation: 'charge',
      reference: input.reference,
      input,
      own,
      run: (keyed, delivery) => provider.charge(input, behaviour, keyed, delivery),
    })
  })

  app.post('/v1/charges/:id/capture', async (request, reply) => {
    const { id } = parse(ById, request.params)
    const { amount, final: isFinal } = parse(CaptureCharge, request.body ?? {})
    const { reference } = provider.existing(id)
    return await perform(request, reply, {
      operation: 'capture',
      reference,
      input: { id, amount, isFinal },
      run: (keyed, delivery) => provider.capture(id, { amount, isFinal }, keyed, delivery),
    })
  })

  app.post('/v1/charges/:id/void', async (request, reply) => {
    const { id } = parse(ById, request.params)
    parse(Empty, request.body ?? {})
    const { reference } = provider.existing(id)
    return await perform(request, reply, {
      operation: 'void',
      reference,
      input: { id },
      run: (keyed, delivery) => provider.cancel(id, keyed, delivery),
    })
  })

  app.post('/v1/refunds', async (request, reply) => {
    const input = parse(CreateRefund, request.body)
    const { reference } = provider.existing(input.charge)
    return await perform(request, reply, {
      operation: 'refund',
      reference,
      input,
      run: (keyed, delivery) => {
        const course = refundCourse(faults, reference)
        const done = provider.refund(input, keyed, course.how, delivery)
        if (course.how !== 'at_once')
          setTimeout(
            () => provider.finishRefund(done.thing.id, course.how === 'later' ? 'succeeded' : 'failed'),
            course.delayMs,
          )
        return done
      },
    })
  })

  readRoutes(app, options)
  faultRoutes(app, faults)
}

function readRoutes(app: FastifyInstance, { ledger, faults, provider }: Options): void {
  const guarded = async (
    request: FastifyRequest,
    reply: FastifyReply,
    answer: () => unknown,
  ): Promise<unknown> => {
    const { reference } = request.query as { reference?: string }
    for (const { mode, delayMs } of faults.meet('read', reference, ['hang', 'error_before', 'slow'])) {
      if (mode === 'hang') return reply.hijack()
      if (mode === 'error_before') throw new Refused(500, 'internal', 'The provider failed.')
      await new Promise((resolve) => setTimeout(resolve, delayMs))
    }
    return await reply.send(answer())
  }

  app.get('/v1/methods', (request, reply) =>
    guarded(request, reply, () => ({
      banks: banks.map(({ code, name }) => ({ code, name })),
      wallets: wallets.map(({ code, name }) => ({ code, name })),
    })),
  )
  app.get('/v1/charges', (request, reply) =>
    guarded(request, reply, () => {
      const { reference, idempotencyKey, ...page } = parse(ListCharges, request.query)
      if (idempotencyKey !== undefined) return listOf(only(ledger.chargeByKey(idempotencyKey)), page)
      const found = reference === undefined ? ledger.charges() : ledger.chargesByReference(reference)
      return { ...listOf(found, page), forgottenThrough: ledger.forgottenThrough() }
    }),
  )
  app.get('/v1/charges/:id', (request, reply) =>
    guarded(request, reply, () => provider.existing(parse(ById, request.params).id)),
  )
  app.get('/v1/refunds', (request, reply) =>
    guarded(request, reply, () => {
      const { charge, idempotencyKey, ...page } = parse(ListRefunds, request.query)
      if (idempotencyKey !== undefined) return listOf(only(ledger.refundByKey(idempotencyKey)), page)
      return listOf(charge === undefined ? ledger.refunds() : ledger.refundsOf(charge), page)
    }),
  )
}

function faultRoutes(app: FastifyInstance, faults: Faults): void {
  app.get('/v1/faults', async () => ({ items: faults.list() }))
  app.post('/v1/faults', async (request, reply) =>
    reply.code(201).send(faults.add(parse(NewFault, request.body))),
  )
  app.delete('/v1/faults', async (_request, reply) => {
    faults.clear()
    return await reply.code(204).send()
  })
}

function refundCourse(faults: Faults, reference: string): { how: RefundCourse; delayMs: number } {
  const [met] = faults.meet('refund', reference, ['refund_pending', 'refund_fails'])
  if (!met) return { how: 'at_once', delayMs: 0 }
  return { how: met.mode === 'refund_pending' ? 'later' : 'refused_later', delayMs: met.delayMs }
}

const only = <Item>(item: Item | undefined): Item[] => (item ? [item] : [])

/** Oldest first: ids are ordered by time, so a page that begins after an id never skips a new one. */
function listOf<Item extends { id: string; updatedAt: string }>(
  items: Iterable<Item>,
  page: { limit: number; after?: string | undefined; updatedSince?: string | undefined },
) {
  const since = page.updatedSince === undefined ? 0 : Date.parse(page.updatedSince)
  const found: Item[] = []
  for (const item of items) {
    if (page.after !== undefined && item.id <= page.after) continue
    if (since > Date.parse(item.updatedAt)) continue
    found.push(item)
    if (found.length > page.limit) break
  }
  const shown = found.slice(0, page.limit)
  return { items: shown, nextCursor: found.length > page.limit ? (shown.at(-1)?.id ?? null) : null }
}
