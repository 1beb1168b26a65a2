import { appRouter } from '@souk/api/router'
import type { Access } from '@souk/api/rpc'
import { newId } from '@souk/kernel/id'
import type { Role } from '@souk/kernel/principal'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { exampleBodies } from '../src/docs/examples.ts'
import { restRoutes } from '../src/rest/routes.ts'
import { type Given, startTestGateway, type TestGateway } from './harness.ts'
import { inputs } from './inputs.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({
    env: Object.fromEntries(
      ['SIGN_IN', 'REGISTER', 'PASSWORD_RESET', 'ORDERS'].map((name) => [
        `RATE_LIMIT_${name}_PER_MINUTE`,
        '100000',
      ]),
    ),
  })
})
afterAll(async () => await gateway?.stop())
beforeEach(() => {
  for (const neighbour of Object.values(gateway.neighbours)) neighbour.calls.length = 0
})

type Caller = 'nobody' | 'customer' | 'staff' | 'owner'
const rolesOf: Record<Exclude<Caller, 'nobody'>, Role[]> = {
  customer: ['customer'],
  staff: ['staff'],
  owner: ['owner'],
}
const mayCall: Record<Access, readonly Caller[]> = {
  public: ['nobody', 'customer', 'staff', 'owner'],
  customer: ['customer', 'staff', 'owner'],
  staff: ['staff', 'owner'],
  owner: ['owner'],
}
/** Parameters that are no ids. */
const named: Readonly<Record<string, string>> = { sku: 'MUG-OAT', country: 'DE' }
const callers: Caller[] = ['nobody', 'customer', 'staff', 'owner']

const Described = z.object({
  type: z.enum(['query', 'mutation']),
  meta: z.object({ access: z.string().optional() }).optional(),
})
const flat: object = appRouter._def.procedures
const procedures = Object.entries(flat).map(([path, procedure]: [string, object]) => {
  const { type, meta } = Described.parse(Reflect.get(procedure, '_def'))
  return { path, type, access: meta?.access as Access | undefined }
})

describe('every procedure', () => {
  it('declares who may call it', () => {
    expect(procedures.length).toBeGreaterThan(50)
    const silent = procedures.filter(({ access }) => access === undefined || !(access in mayCall))
    expect(silent).toEqual([])
  })

  it('has an input in the table of this test, so that a new one is not forgotten', () => {
    expect(procedures.map(({ path }) => path).sort()).toEqual(Object.keys(inputs).sort())
  })

  it('of the back office is closed to customers', () => {
    const open = procedures.filter(
      ({ path, access }) => path.startsWith('admin.') && access !== 'staff' && access !== 'owner',
    )
    expect(open).toEqual([])
  })

  it.each(procedures.map(({ path, type, access }) => [path, type, access ?? 'owner'] as const))(
    '%s (%s) lets in whom it says',
    async (path, type, access) => {
      const answers: Record<string, number> = {}
      for (const caller of callers) {
        const seen = callCount()
        const answer = await callTrpc(path, type, await tokenOf(caller))
        answers[caller] = answer.status
        const isAllowed = mayCall[access].includes(caller)
        // A public read is answered from what is kept; everything else reaches a service exactly when allowed.
        if (!path.startsWith('product.'))
          expect(callCount() > seen, `${caller} reached a service`).toBe(isAllowed)
      }
      expect(answers).toEqual(
        Object.fromEntries(
          callers.map((caller) => [
            caller,
            mayCall[access].includes(caller) ? 200 : caller === 'nobody' ? 401 : 403,
          ]),
        ),
      )
    },
  )
})

describe('every route', () => {
  const served = restRoutes.filter(({ handle, bodyKind }) => handle && bodyKind !== 'image')
  it.each(served.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s lets in whom it says',
    async (_name, route) => {
      const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name) => named[name] ?? newId())
      const answers: Record<string, number> = {}
      for (const caller of callers) {
        const body = exampleBodies[route.operationId]
        const token = await tokenOf(caller)
        const answer = await gateway.ask(path, {
          method: route.method,
          ...(body === undefined ? {} : { body }),
          ...(token === undefined ? {} : { token }),
        })
        answers[caller] = answer.status
      }
      expect(answers).toEqual(
        Object.fromEntries(
          callers.map((caller) => [
            caller,
            mayCall[route.access].includes(caller) ? route.answer.status : caller === 'nobody' ? 401 : 403,
          ]),
        ),
      )
    },
  )

  it('closes the upload of pictures to customers before a byte is read', async () => {
    const path = `/api/v1/products/${newId()}/images`
    const upload = { raw: 'x', headers: { 'content-type': 'image/png' } }
    expect((await gateway.ask(path, upload)).status).toBe(401)
    expect(
      (await gateway.ask(path, { ...upload, token: await gateway.tokenFor({ roles: ['customer'] }) })).status,
    ).toBe(403)
  })
})

describe('whom a service sees', () => {
  it('is the person of the token, with its session and roles', async () => {
    const [sub, sid] = [newId(), newId()]
    const token = await gateway.tokenFor({ sub, sid, roles: ['customer'], email: 'maya@example.com' })
    await gateway.ask('/api/v1/me', { token })
    expect(gateway.neighbours.identity.callsTo('account.me')).toMatchObject([
      {
        caller: 'gateway',
        actor: { kind: 'user', userId: sub, sessionId: sid, roles: ['customer'], email: 'maya@example.com' },
      },
    ])
  })

  it('is nobody when there is no token, whatever the headers claim', async () => {
    const headers = {
      'x-user-id': newId(),
      'x-roles': 'owner',
      cookie: 'session=owner',
      'x-forwarded-user': 'owner',
    }
    await gateway.ask(`/api/v1/orders/${newId()}`, { headers })
    expect(gateway.neighbours.order.callsTo('order.get')).toMatchObject([{ actor: { kind: 'anonymous' } }])
  })

  it('is never the same token for two services', async () => {
    const token = await gateway.tokenFor({ roles: ['staff'] })
    const { neighbours } = gateway
    await Promise.all([gateway.ask('/api/v1/orders', { token }), gateway.ask('/api/v1/payments', { token })])
    expect(neighbours.order.callsTo('order.list')).toHaveLength(1)
    expect(neighbours.payment.callsTo('payment.list')).toHaveLength(1)
  })
})

async function tokenOf(caller: Caller): Promise<string | undefined> {
  return caller === 'nobody' ? undefined : await gateway.tokenFor({ roles: rolesOf[caller] })
}

async function callTrpc(path: string, type: 'query' | 'mutation', token: string | undefined): Promise<Given> {
  const input = (inputs as Record<string, unknown>)[path]
  const asked = token === undefined ? {} : { token }
  if (type === 'mutation') return await gateway.ask(`/trpc/${path}`, { ...asked, body: input })
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  return await gateway.ask(`/trpc/${path}${query}`, asked)
}

function callCount(): number {
  return Object.values(gateway.neighbours).reduce(
    (sum, { calls }) => sum + calls.filter(({ path }) => path !== 'auth.revokedSessions').length,
    0,
  )
}
