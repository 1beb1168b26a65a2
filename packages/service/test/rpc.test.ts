import { serviceTokenMinter, serviceTokenVerifier } from '@souk/auth/service-token'
import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import type { Principal } from '@souk/kernel/principal'
import { serviceClient } from '@souk/service/client'
import { createLog } from '@souk/service/log'
import { backgroundScope, currentRequest, type RequestScope, runInRequest } from '@souk/service/request'
import { createRpc, type RpcContext } from '@souk/service/rpc'
import { createHttpServer, type HttpServer, serveRouter } from '@souk/service/serve'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const secret = 'a-secret-for-tests-only-0123456789abcdef'
const canary = 'password=hunter2'
const log = createLog({ service: 'test', instance: '0', level: 'silent' })
const rpc = createRpc<RpcContext>()
const hang = async () => await new Promise<never>(() => {})

class DatabaseError extends Error {
  readonly code: string
  constructor(code: string) {
    super(canary)
    this.code = code
  }
}

const thrown: Record<string, () => unknown> = {
  error: () => new Error(canary),
  text: () => canary,
  nothing: () => undefined,
  type: () => new TypeError(canary),
  'caused by an error': () => new Error('outer', { cause: new Error(canary) }),
  'unique violation': () => new DatabaseError('23505'),
  'database away': () => new DatabaseError('57P01'),
  refusal: () =>
    new AppError('INVALID_STATE', 'Not now.', {
      cause: new Error(canary),
      details: { reason: 'price_changed', left: 3 },
    }),
}

let calls = 0
const router = rpc.router({
  thing: rpc.router({
    echo: rpc.open
      .input(z.strictObject({ text: z.string().max(10) }))
      .output(z.object({ text: z.string() }))
      .query(({ input }) => ({ ...input, secret: canary })),
    who: rpc.open
      .output(z.unknown())
      .query(({ ctx }) => ({ ...ctx.principal, key: currentRequest()?.idempotencyKey })),
    fail: rpc.open
      .input(z.strictObject({ how: z.string() }))
      .output(z.unknown())
      .mutation(({ input }) => {
        calls += 1
        throw thrown[input.how]?.()
      }),
    ask: rpc.open
      .input(z.strictObject({ how: z.string() }))
      .output(z.unknown())
      .query(({ input }) => {
        calls += 1
        throw thrown[input.how]?.()
      }),
    wrong: rpc.open.output(z.object({ count: z.int() })).query(() => ({ count: 1.5 })),
    hang: rpc.open.output(z.unknown()).mutation(hang),
    signedIn: rpc.signedIn.output(z.string()).query(() => 'in'),
    staff: rpc.staff.output(z.string()).query(() => 'in'),
    owner: rpc.owner.output(z.string()).query(() => 'in'),
    forOrder: rpc
      .service('order')
      .output(z.string())
      .query(() => 'in'),
    forStaffOrOrder: rpc
      .staffOrService('order')
      .output(z.string())
      .query(() => 'in'),
  }),
})
type Router = typeof router

let server: HttpServer
let url: string
beforeAll(async () => {
  server = createHttpServer({ log, ready: {} })
  serveRouter(server, {
    router,
    verify: serviceTokenVerifier('test', secret),
    context: ({ principal, caller }) => ({ principal, caller, log }),
    log,
  })
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${port}`
})
afterAll(async () => await server.stop())

const mint = serviceTokenMinter('gateway', secret)
function client(
  principal: Principal = { kind: 'anonymous' },
  options: { timeoutMs?: number; addresses?: string[] } = {},
) {
  return serviceClient<Router>({
    service: 'test',
    directory: { addresses: () => options.addresses ?? [url], stop: () => {} },
    mint,
    actor: () => principal,
    timeoutMs: options.timeoutMs ?? 5000,
  })
}
const user = (...roles: ('customer' | 'staff' | 'owner')[]): Principal => {
  return { kind: 'user', userId: newId(), sessionId: newId(), roles, email: 'ada@example.test' }
}
async function post(path: string, options: { body?: string; token?: string; type?: string } = {}) {
  const token = options.token ?? (await mint('test', { kind: 'anonymous' }))
  const response = await fetch(`${url}/rpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': options.type ?? 'application/json', authorization: `Bearer ${token}` },
    body: options.body ?? '{}',
  })
  return { status: response.status, text: await response.text() }
}

describe('an answer', () => {
  it('has what its contract names and nothing else', async () => {
    expect(await client().thing.echo.query({ text: 'a' })).toEqual({ text: 'a' })
    expect((await post('thing.echo', { body: '{"text":"a"}' })).text).not.toContain(canary)
  })

  it('that breaks its contract is our fault, and is not given', async () => {
    const answer = await post('thing.wrong')
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('1.5')
  })
})

describe('what goes wrong inside', () => {
  const unknown = ['error', 'text', 'nothing', 'type', 'caused by an error', 'unique violation']
  it.each(unknown)('%s shows nothing of itself, only where to look it up', async (how) => {
    const answer = await post('thing.fail', { body: JSON.stringify({ how }) })
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('hunter2')
    expect(answer.text).not.toContain('outer')
    expect(answer.text).not.toMatch(/node_modules|\.ts|at /)
    const { error } = JSON.parse(answer.text)
    expect(error.message).toBe('Something went wrong on our side.')
    expect(error.data).toMatchObject({ code: 'INTERNAL', requestId: expect.any(String), details: {} })
  })

  it('is told apart from a database that is away, which is worth another try', async () => {
    const answer = await post('thing.fail', { body: JSON.stringify({ how: 'database away' }) })
    expect(answer.status).toBe(503)
    expect(answer.text).not.toContain('hunter2')
    expect(JSON.parse(answer.text).error.data).toMatchObject({
      code: 'UNAVAILABLE',
      details: { retryAfterSeconds: 1 },
    })
  })

  it('is told apart from a refusal, which keeps its code, sentence and details on its way', async () => {
    await expect(client().thing.fail.mutate({ how: 'refusal' })).rejects.toMatchObject({
      name: 'AppError',
      code: 'INVALID_STATE',
      message: 'Not now.',
      details: { reason: 'price_changed', left: 3 },
    })
    const answer = await post('thing.fail', { body: JSON.stringify({ how: 'refusal' }) })
    expect(answer.status).toBe(409)
    expect(answer.text).not.toContain('hunter2')
  })

  it('is an answer: neither a query nor a mutation is asked again', async () => {
    calls = 0
    await expect(client().thing.ask.query({ how: 'error' })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(calls).toBe(1)
    calls = 0
    await expect(client().thing.fail.mutate({ how: 'error' })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(calls).toBe(1)
    calls = 0
    await expect(client().thing.ask.query({ how: 'refusal' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    expect(calls).toBe(1)
  })
})

describe('bad input', () => {
  it.each([
    ['{"text":7}', 'text'],
    ['{}', 'text'],
    ['{"text":"12345678901"}', 'text'],
    ['{"text":"a","more":1}', ''],
    ['[]', ''],
    ['null', ''],
    ['7', ''],
  ])('%s is refused with the path of the fault', async (body, path) => {
    const answer = await post('thing.echo', { body })
    expect(answer.status).toBe(400)
    const { error } = JSON.parse(answer.text)
    expect(error.data).toMatchObject({ code: 'INVALID_INPUT', reason: 'invalid_input' })
    expect(error.data.details.errors.map((fault: { path: string }) => fault.path)).toContain(path)
  })

  it.each(['', '{', '{"text":', 'text', '{"text":"a"} more', '\u0000'])(
    '%j is refused as unreadable',
    async (body) => {
      expect((await post('thing.echo', { body })).status).toBe(400)
    },
  )

  it('of two megabytes is refused as too large', async () => {
    const answer = await post('thing.echo', { body: JSON.stringify({ text: 'x'.repeat(2_000_000) }) })
    expect(answer.status).toBe(413)
    expect(JSON.parse(answer.text)).toMatchObject({
      error: { data: { code: 'INVALID_INPUT', reason: 'too_large' } },
    })
  })

  it('of another kind than JSON is refused', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      expect((await post('thing.echo', { body: 'text=a', type })).status).toBeGreaterThanOrEqual(400)
    }
  })

  it.each(['thing', 'thing.none', '__proto__', 'thing.__proto__', 'constructor', 'thing.echo.query', '%00'])(
    'the procedure %s is not there',
    async (path) => {
      expect((await post(path)).status).toBe(404)
    },
  )

  it('may pollute nothing', async () => {
    await post('thing.echo', {
      body: '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    })
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

describe('who asks', () => {
  const callers: Record<string, Principal> = {
    nobody: { kind: 'anonymous' },
    customer: user('customer'),
    staff: user('staff'),
    owner: user('owner'),
    order: { kind: 'service', name: 'order' },
    payment: { kind: 'service', name: 'payment' },
  }
  it.each([
    ['signedIn', ['customer', 'staff', 'owner']],
    ['staff', ['staff', 'owner']],
    ['owner', ['owner']],
    ['forOrder', ['order']],
    ['forStaffOrOrder', ['staff', 'owner', 'order']],
  ] as const)('%s is for %j only', async (name, allowed: readonly string[]) => {
    for (const [caller, principal] of Object.entries(callers)) {
      const answer = await client(principal)
        .thing[name].query()
        .catch((error: AppError) => error.code)
      const refusal = caller === 'nobody' ? 'UNAUTHENTICATED' : 'FORBIDDEN'
      expect(answer, caller).toBe(allowed.includes(caller) ? 'in' : refusal)
    }
  })

  it('is known by a token made for this service, and by nothing else', async () => {
    const right = await mint('test', user('owner'))
    expect((await post('thing.owner', { token: right, body: '' })).status).not.toBe(401)
    for (const token of [
      '',
      'x',
      await mint('other', user('owner')),
      await serviceTokenMinter('gateway', 'another-secret-for-tests-only-0123456789')('test', user('owner')),
      right.slice(0, -3),
    ]) {
      expect((await post('thing.owner', { token })).status, token).toBe(401)
    }
    const without = await fetch(`${url}/rpc/thing.owner`, { method: 'POST' })
    expect(without.status).toBe(401)
  })

  it('and with which key, is passed on', async () => {
    const scope: RequestScope = { ...backgroundScope('test', newId()), idempotencyKey: 'key-1' }
    const principal = user('customer')
    const answer = await runInRequest(scope, async () => await client(principal).thing.who.query())
    expect(answer).toMatchObject({ ...principal, key: 'key-1' })
  })
})

describe('a call that takes too long', () => {
  it('ends in time, by its own limit', async () => {
    const startedAt = performance.now()
    await expect(client(undefined, { timeoutMs: 150 }).thing.hang.mutate()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      details: { retryAfterSeconds: 1 },
    })
    expect(performance.now() - startedAt).toBeLessThan(1500)
  })

  it('ends before the caller’s own time is over', async () => {
    const scope: RequestScope = { ...backgroundScope('test', newId()), deadlineAtMs: Date.now() + 200 }
    const startedAt = performance.now()
    await runInRequest(scope, async () => {
      await expect(client().thing.hang.mutate()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })
    expect(performance.now() - startedAt).toBeLessThan(1500)
  })

  it('is not begun when the caller’s time is over already', async () => {
    calls = 0
    const scope: RequestScope = { ...backgroundScope('test', newId()), deadlineAtMs: Date.now() - 1 }
    await runInRequest(scope, async () => {
      await expect(client().thing.fail.mutate({ how: 'refusal' })).rejects.toMatchObject({
        code: 'UNAVAILABLE',
      })
    })
    expect(calls).toBe(0)
  })

  it('is answered at once when nobody is there', async () => {
    const startedAt = performance.now()
    const nobody = client(undefined, { addresses: ['http://127.0.0.1:1'] })
    await expect(nobody.thing.echo.query({ text: 'a' })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(performance.now() - startedAt).toBeLessThan(1500)
    const second = client(undefined, { addresses: ['http://127.0.0.1:1', url] })
    for (let index = 0; index < 10; index += 1) {
      await expect(second.thing.fail.mutate({ how: 'refusal' })).rejects.toMatchObject({
        code: 'INVALID_STATE',
      })
    }
  })
})
