import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import Stripe from 'stripe'

type Body = Record<string, unknown>
type Answer = { status: number; body: Body }
type Thing = Body & { id: string; object: string; metadata: Record<string, string> }
export type StripeFault = 'drop_after' | 'drop_before' | 'error_after' | 'hang_after'

export type StripeServer = Awaited<ReturnType<typeof startStripeServer>>

const inTests = {
  port: 0,
  secretKey: 'sk_test_of_the_stripe_in_tests',
  webhookSecret: 'whsec_of_the_stripe_in_tests',
}

/** Speaks Stripe's HTTP as its SDK expects it: form bodies, JSON objects, idempotency keys, signed webhooks. */
export async function startStripeServer(options: Partial<typeof inTests> = {}) {
  const { port, secretKey, webhookSecret } = { ...inTests, ...options }
  const intents = new Map<string, Thing>()
  const sessions = new Map<string, Thing>()
  const refunds = new Map<string, Thing>()
  const answers = new Map<string, { params: string; answer: Answer }>()
  const faults: { path: RegExp; fault: StripeFault }[] = []
  const requests: { method: string; path: string; key: string | undefined; body: Body }[] = []
  let count = 0
  const newId = (prefix: string) => {
    count += 1
    return `${prefix}_${count.toString().padStart(6, '0')}`
  }

  function newIntent(params: Body): Thing {
    const intent: Thing = {
      id: newId('pi'),
      object: 'payment_intent',
      amount: Number(params.amount),
      amount_received: 0,
      currency: params.currency,
      capture_method: params.capture_method,
      status: 'requires_payment_method',
      metadata: (params.metadata ?? {}) as Record<string, string>,
      created: Math.floor(Date.now() / 1000),
      cancellation_reason: null,
      last_payment_error: null,
      latest_charge: null,
      next_action: null,
    }
    intents.set(intent.id, intent)
    return intent
  }

  function approve(intent: Thing): void {
    const isTaken = intent.capture_method === 'automatic'
    Object.assign(intent, {
      status: isTaken ? 'succeeded' : 'requires_capture',
      amount_received: isTaken ? intent.amount : 0,
      next_action: null,
      latest_charge: {
        id: newId('ch'),
        amount_refunded: 0,
        payment_method_details: { card: { capture_before: Math.floor(Date.now() / 1000) + 6 * 86_400 } },
      },
    })
  }

  function problem(status: number, error: Body): Answer {
    return { status, body: { error } }
  }

  function createIntent(params: Body): Answer {
    const intent = newIntent(params)
    if (params.payment_method === 'pm_card_chargeDeclined') {
      const error = { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline' }
      const last = { ...error, message: 'Your card was declined.' }
      Object.assign(intent, { last_payment_error: last })
      return problem(402, { ...last, payment_intent: intent })
    }
    if (params.payment_method === 'pm_card_threeDSecureRequired') {
      const url = `http://hooks.stripe.test/3d_secure/${intent.id}`
      const next_action = { type: 'redirect_to_url', redirect_to_url: { url, return_url: params.return_url } }
      Object.assign(intent, { status: 'requires_action', next_action })
    } else approve(intent)
    return { status: 200, body: intent }
  }

  function createSession(params: Body): Answer {
    const [item] = Object.values(params.line_items as Record<string, { price_data: Body }>)
    const session: Thing = {
      id: newId('cs_test'),
      object: 'checkout.session',
      status: 'open',
      amount_total: Number(item?.price_data.unit_amount),
      currency: item?.price_data.currency,
      metadata: params.metadata as Record<string, string>,
      payment_intent: null,
      expires_at: Number(params.expires_at),
      url: `http://checkout.stripe.test/pay/${count}`,
      intentData: params.payment_intent_data,
    }
    sessions.set(session.id, session)
    return { status: 200, body: session }
  }

  function act(path: string, params: Body): Answer {
    const [, , kind = '', id = '', verb] = path.split('/')
    if (path === '/v1/payment_intents') return createIntent(params)
    if (path === '/v1/checkout/sessions') return createSession(params)
    if (path === '/v1/refunds') return createRefund(params)
    const [, , , , sessionId = '', sessionVerb] = path.split('/')
    const session = sessions.get(sessionId)
    if (session && sessionVerb === 'expire') {
      Object.assign(session, { status: 'expired', url: null })
      return { status: 200, body: session }
    }
    const intent = kind === 'payment_intents' ? intents.get(id) : undefined
    if (!intent)
      return problem(404, {
        type: 'invalid_request_error',
        code: 'resource_missing',
        message: 'No such thing',
      })
    if (verb === 'capture' && intent.status === 'requires_capture') {
      Object.assign(intent, {
        status: 'succeeded',
        amount_received: Number(params.amount_to_capture ?? intent.amount),
      })
    } else if (verb === 'cancel' && !['succeeded', 'canceled'].includes(String(intent.status))) {
      Object.assign(intent, { status: 'canceled' })
    } else {
      const message = `You cannot ${verb} a PaymentIntent that is ${intent.status}.`
      return problem(400, { type: 'invalid_request_error', code: 'payment_intent_unexpected_state', message })
    }
    return { status: 200, body: intent }
  }

  function createRefund(params: Body): Answer {
    const intent = intents.get(String(params.payment_intent))
    const charge = intent?.latest_charge as { amount_refunded: number } | null | undefined
    const amount = Number(params.amount)
    if (!intent || !charge || charge.amount_refunded + amount > Number(intent.amount_received)) {
      const message = 'Refund amount is greater than the unrefunded amount.'
      return problem(400, { type: 'invalid_request_error', code: 'charge_already_refunded', message })
    }
    charge.amount_refunded += amount
    const refund: Thing = {
      id: newId('re'),
      object: 'refund',
      amount,
      currency: intent.currency,
      payment_intent: intent.id,
      status: 'succeeded',
      metadata: params.metadata as Record<string, string>,
    }
    refunds.set(refund.id, refund)
    return { status: 200, body: refund }
  }

  function read(url: URL): Answer {
    const listed = (data: Thing[]) => ({ status: 200, body: { object: 'list', data, has_more: false } })
    const [, , kind, id = '', deeper = ''] = url.pathname.split('/')
    if (url.pathname === '/v1/payment_intents/search') {
      const reference = /'([0-9a-f-]{36})'/.exec(url.searchParams.get('query') ?? '')?.[1]
      return listed([...intents.values()].filter(({ metadata }) => metadata.reference === reference))
    }
    if (url.pathname === '/v1/payment_intents') return listed([...intents.values()].reverse())
    if (url.pathname === '/v1/refunds')
      return listed(
        [...refunds.values()].filter(
          ({ payment_intent }) => payment_intent === url.searchParams.get('payment_intent'),
        ),
      )
    if (url.pathname === '/v1/checkout/sessions') {
      const intent = url.searchParams.get('payment_intent')
      return listed([...sessions.values()].filter(({ payment_intent }) => payment_intent === intent))
    }
    const found = kind === 'checkout' ? sessions.get(deeper) : intents.get(id)
    if (!found)
      return problem(404, {
        type: 'invalid_request_error',
        code: 'resource_missing',
        message: 'No such thing',
      })
    const paidBy = intents.get(String(found.payment_intent))
    return { status: 200, body: kind === 'checkout' && paidBy ? { ...found, payment_intent: paidBy } : found }
  }

  function write(url: URL, key: string | undefined, raw: string): Answer {
    const known = key === undefined ? undefined : answers.get(key)
    const params = `${url.pathname} ${raw}`
    if (known && known.params !== params)
      return problem(400, {
        type: 'idempotency_error',
        message: 'Keys can only be used with the same parameters.',
      })
    if (known) return known.answer
    const answer = structuredClone(act(url.pathname, parseForm(raw)))
    if (key !== undefined) answers.set(key, { params, answer })
    return answer
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks).toString()
    const url = new URL(request.url ?? '/', 'http://stripe.test')
    const key = request.headers['idempotency-key'] as string | undefined
    const method = request.method ?? 'GET'
    requests.push({ method, path: url.pathname, key, body: parseForm(raw) })
    const at = faults.findIndex(({ path }) => path.test(url.pathname))
    const [met] = at === -1 ? [] : faults.splice(at, 1)
    if (met?.fault === 'drop_before') return void request.socket.destroy()
    const answer =
      request.headers.authorization !== `Bearer ${secretKey}`
        ? problem(401, { type: 'invalid_request_error', message: 'Invalid API Key' })
        : method === 'GET'
          ? read(url)
          : write(url, key, raw)
    if (met?.fault === 'drop_after') return void request.socket.destroy()
    if (met?.fault === 'hang_after') return
    const { status, body } = met?.fault === 'error_after' ? problem(500, { type: 'api_error' }) : answer
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': `req_${count}` })
    response.end(JSON.stringify(body))
  }

  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
  const sdk = new Stripe('sk_test_only_for_signatures')

  return {
    settings: {
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: `whsec_of_another_time, ${webhookSecret}`,
      STRIPE_API_URL: url,
    },
    requests,
    intents: (reference: string) =>
      [...intents.values()].filter(({ metadata }) => metadata.reference === reference),
    refunds: (intent: string | undefined) =>
      [...refunds.values()].filter((one) => one.payment_intent === intent),
    sessions: (reference: string) =>
      [...sessions.values()].filter(({ metadata }) => metadata.reference === reference),
    /** A closed connection is tried once more by the SDK itself, so it has to be closed twice. */
    failNext: (path: RegExp, fault: StripeFault) => {
      faults.push({ path, fault })
      if (fault.startsWith('drop')) faults.push({ path, fault })
    },
    approve,
    /** The customer pays on Stripe's page. */
    payOn: (session: Thing | undefined) => {
      if (!session) throw new Error('There is no such page')
      const data = session.intentData as Body
      const intent = newIntent({ ...data, amount: session.amount_total, currency: session.currency })
      approve(intent)
      Object.assign(session, { status: 'complete', payment_intent: intent.id, url: null })
      return intent
    },
    /** An event as Stripe sends it, with its signature. */
    event: (type: string, object: Body, options: { secret?: string; timestamp?: number } = {}) => {
      const id = newId('evt')
      const raw = JSON.stringify({ id, object: 'event', api_version: '2026', type, data: { object } })
      const { secret = webhookSecret, timestamp = Math.floor(Date.now() / 1000) } = options
      const header = sdk.webhooks.generateTestHeaderString({ payload: raw, secret, timestamp })
      return { raw, headers: { 'stripe-signature': header } }
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** `a[b][0]=c` as nested objects. */
function parseForm(raw: string): Body {
  const body: Body = {}
  for (const [name, value] of new URLSearchParams(raw)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '')
    const last = path.pop() ?? name
    let at = body
    for (const part of path) {
      at[part] ??= {}
      at = at[part] as Body
    }
    at[last] = value
  }
  return body
}
