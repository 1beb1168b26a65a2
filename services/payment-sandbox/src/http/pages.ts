import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Refused } from '../charge/charge.ts'
import { testCards } from '../charge/methods.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { approvalPage, missingPage } from '../pages/approval-page.ts'
import { fieldsPage, refusedFieldsPage } from '../pages/fields-page.ts'
import { pageHeaders } from '../pages/html.ts'
import { startPage } from '../pages/start-page.ts'
import type { Provider } from '../provider.ts'
import { parse } from './answers.ts'

const fontPath = createRequire(import.meta.url).resolve(
  '@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2',
)
const assets: Record<string, { type: string; bytes: Buffer; maxAge: number }> = {
  'pages.css': asset('text/css; charset=utf-8', new URL('../pages/assets/pages.css', import.meta.url), 60),
  'fields.js': asset(
    'text/javascript; charset=utf-8',
    new URL('../pages/assets/fields.js', import.meta.url),
    60,
  ),
  'instrument-sans.woff2': asset('font/woff2', fontPath, 31_536_000),
}

function asset(type: string, path: string | URL, maxAge: number) {
  return { type, bytes: readFileSync(path), maxAge }
}

const ActionRef = z.object({
  kind: z.enum(['3ds', 'upi', 'netbanking', 'wallet']),
  id: z.string().regex(/^[0-9a-f]{32}$/),
})
const Answer = ActionRef.extend({ answer: z.enum(['approve', 'decline']) })
const FieldsQuery = z.object({
  origin: z.string().max(200).optional(),
  theme: z.enum(['light', 'dark']).optional(),
})
const Card = z.strictObject({
  number: z.string().regex(/^\d{12,19}$/),
  expiryMonth: z.int().min(1).max(12),
  expiryYear: z.int().min(2000).max(2100),
  cvc: z.string().regex(/^\d{3,4}$/),
})

type Options = {
  ledger: Ledger
  provider: Provider
  /** Pages that may embed the card fields and hear their token. */
  origins: readonly string[]
  ownOrigin: string
  now: () => Date
}

/** What customers see: card fields inside a shop's page, and pages on which they approve a payment. */
export function pageRoutes(app: FastifyInstance, options: Options): void {
  // The pages' own forms carry nothing: the address says it all.
  app.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, done) => {
    payload.resume()
    done(null, undefined)
  })
  app.get('/', async (_request, reply) => reply.headers(pageHeaders({})).send(startPage()))
  app.get('/assets/:name', async (request, reply) => {
    const { name } = parse(z.object({ name: z.string() }), request.params)
    const found = Object.hasOwn(assets, name) ? assets[name] : undefined
    if (!found) throw new Refused(404, 'not_found', 'There is no such file.')
    return await reply
      .headers({ 'content-type': found.type, 'cache-control': `public, max-age=${found.maxAge}` })
      .header('x-content-type-options', 'nosniff')
      .send(found.bytes)
  })
  fieldsRoutes(app, options)
  approvalRoutes(app, options)
}

function fieldsRoutes(app: FastifyInstance, { origins, ownOrigin, now }: Options): void {
  app.get('/fields', async (request, reply) => {
    const query = FieldsQuery.safeParse(request.query)
    const origin = query.data?.origin ?? ownOrigin
    if (origin !== ownOrigin && !origins.includes(origin))
      return await reply.code(403).headers(pageHeaders({})).send(refusedFieldsPage())
    return await reply
      .headers(pageHeaders({ frameAncestors: [...origins, "'self'"] }))
      .send(fieldsPage({ origin, theme: query.data?.theme }))
  })

  /** A number becomes a token here and goes no further: it is neither kept nor logged. */
  app.post('/fields/tokens', async (request, reply) => {
    const fail = async (field: string, code: string, message: string) =>
      await reply.code(400).send({ error: { field, code, message } })
    const card = Card.safeParse(request.body)
    if (!card.success) {
      const field = String(card.error.issues[0]?.path[0] ?? 'form').replace(/Month|Year/, '')
      return await fail(field, 'invalid_card', 'Check this field.')
    }
    const { number, expiryMonth, expiryYear } = card.data
    if (expiryYear * 12 + expiryMonth < now().getUTCFullYear() * 12 + now().getUTCMonth() + 1)
      return await fail('expiry', 'expired_card', 'This card has expired.')
    const known = testCards.find((candidate) => candidate.number === number)
    if (!known)
      return await fail(
        'number',
        'live_card_in_test_mode',
        'Only test cards work here. Choose one from the list.',
      )
    return await reply.header('cache-control', 'no-store').send({ token: known.token })
  })
}

function approvalRoutes(app: FastifyInstance, { ledger, provider }: Options): void {
  app.get('/:kind/:id', async (request, reply) => {
    const ref = ActionRef.safeParse(request.params)
    const charge = ref.success ? ledger.chargeByAction(ref.data.id) : undefined
    if (!ref.success || !charge) return await reply.code(404).headers(pageHeaders({})).send(missingPage())
    // A redirect that follows a form counts as its target, so the shop's address is named too.
    const formAction = ["'self'", new URL(charge.returnUrl).origin]
    return await reply
      .headers(pageHeaders({ formAction }))
      .send(approvalPage(charge, ref.data.kind, ref.data.id))
  })

  app.post('/:kind/:id/:answer', async (request, reply) => {
    const ref = Answer.safeParse(request.params)
    const charge = ref.success ? ledger.chargeByAction(ref.data.id) : undefined
    if (!ref.success || !charge) return await reply.code(404).headers(pageHeaders({})).send(missingPage())
    provider.answerAction(charge, ref.data.answer === 'approve')
    const isElsewhere = ref.data.kind === 'upi'
    return await reply.redirect(isElsewhere ? `/${ref.data.kind}/${ref.data.id}` : charge.returnUrl, 303)
  })
}
