import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { exampleBodies } from '../src/docs/examples.ts'
import { exampleCommand } from '../src/docs/route-article.ts'
import { problems } from '../src/edge/problems.ts'
import { restRoutes } from '../src/rest/routes.ts'
import { startTestGateway, type TestGateway } from './harness.ts'

let gateway: TestGateway
let document: z.infer<typeof OpenApi>
let page: string
beforeAll(async () => {
  gateway = await startTestGateway()
  document = OpenApi.parse((await gateway.ask('/openapi.json')).json)
  page = (await gateway.ask('/docs')).text
})
afterAll(async () => await gateway?.stop())

const Schema = z.record(z.string(), z.unknown())
const Media = z.record(z.string(), z.strictObject({ schema: Schema }))
const Operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  tags: z.array(z.string()).min(1),
  summary: z.string().min(3),
  description: z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      in: z.enum(['path', 'query', 'header']),
      required: z.boolean(),
      description: z.string().optional(),
      schema: Schema,
    }),
  ),
  requestBody: z.strictObject({ required: z.boolean(), content: Media }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.strictObject({
      description: z.string().min(1),
      headers: z.record(z.string(), z.strictObject({ description: z.string(), schema: Schema })).optional(),
      content: Media.optional(),
    }),
  ),
})
/** What OpenAPI 3.1 asks of a document of this kind, with nothing unknown beside it. */
const OpenApi = z.strictObject({
  openapi: z.literal('3.1.0'),
  jsonSchemaDialect: z.literal('https://json-schema.org/draft/2020-12/schema'),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    summary: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.url() })).min(1),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation),
  ),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[A-Za-z]+$/), Schema),
    securitySchemes: z.record(z.string(), Schema),
  }),
})

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )

/** The interface that clients outside rely on, as it was promised. */
const promised = `
POST /api/v1/auth/register 201
POST /api/v1/auth/token 200
POST /api/v1/auth/logout 204
GET /api/v1/me 200
GET /api/v1/products 200
GET /api/v1/products/{id} 200
POST /api/v1/products 201
PATCH /api/v1/products/{id} 200
DELETE /api/v1/products/{id} 204
GET /api/v1/inventory/{sku} 200
POST /api/v1/inventory/{sku}/adjustments 201
POST /api/v1/orders 201
GET /api/v1/orders 200
GET /api/v1/orders/{id} 200
POST /api/v1/orders/{id}/cancel 200
PATCH /api/v1/orders/{id}/status 200
GET /api/v1/payments/{id} 200
POST /api/v1/payments/{id}/refunds 201
POST /webhooks/payments/{provider} 200
`
  .trim()
  .split('\n')

describe('the OpenAPI document', () => {
  it('describes every route that is served, and no other', () => {
    const described = operations().map(({ method, path }) => `${method} ${path}`)
    expect(described.sort()).toEqual(restRoutes.map(({ method, path }) => `${method} ${path}`).sort())
  })

  it.each(promised)('holds the promise %s', (line) => {
    const [method, path, status = ''] = line.split(' ')
    const found = operations().find((one) => one.method === method && one.path === path)
    expect(Object.keys(found?.operation.responses ?? {})).toContain(status)
  })

  it('has no two paths that differ only in the name of a parameter', () => {
    const shapes = Object.keys(document.paths).map((path) => path.replaceAll(/\{\w+\}/g, '{}'))
    expect(new Set(shapes).size).toBe(shapes.length)
  })

  it('names each operation once', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('declares exactly the parameters of each path', () => {
    for (const { path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = operation.parameters.filter((one) => one.in === 'path')
      expect(declared.map(({ name }) => name)).toEqual(inPath)
      expect(declared.every(({ required }) => required)).toBe(true)
    }
  })

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref)
    expect(references.length).toBeGreaterThan(50)
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect(references.filter((ref) => !known.includes(ref ?? ''))).toEqual([])
  })

  it('uses no scheme of security that it does not define', () => {
    const used = operations().flatMap(({ operation }) => operation.security.flatMap(Object.keys))
    const known = Object.keys(document.components.securitySchemes)
    expect(used.filter((name) => !known.includes(name))).toEqual([])
  })

  it('says of every refusal that it is a problem', () => {
    for (const { operation } of operations()) {
      for (const [status, response] of Object.entries(operation.responses)) {
        if (Number(status) < 400) continue
        expect(Object.keys(response.content ?? {})).toEqual(['application/problem+json'])
      }
      expect(Object.keys(operation.responses)).toContain('400')
    }
  })

  it('answers what it describes', async () => {
    const token = await gateway.tokenFor({ roles: ['owner'] })
    for (const route of restRoutes.filter(({ handle, bodyKind }) => handle && bodyKind !== 'image')) {
      const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name) =>
        name === 'country' ? 'DE' : name === 'sku' ? 'MUG-OAT' : '019a9c5e-0f00-7abc-8def-0123456789ab',
      )
      const body = exampleBodies[route.operationId]
      const answer = await gateway.ask(path, {
        method: route.method,
        token,
        ...(body === undefined ? {} : { body }),
      })
      expect(answer.status, `${route.method} ${route.path}`).toBe(route.answer.status)
      const given = route.answerType === undefined ? JSON.parse(answer.text || 'null') : answer.text
      const parsed = route.answer.schema?.safeParse(given)
      expect(parsed?.error, `${route.method} ${route.path}`).toBeUndefined()
      if (!route.answer.schema) expect(answer.text).toBe('')
    }
  })
})

describe('examples', () => {
  const withBody = restRoutes.filter(({ body, bodyKind, handle }) => handle && body && bodyKind !== 'image')
  it.each(withBody.map((route) => [route.operationId, route] as const))(
    'of %s work',
    (operationId, route) => {
      expect(route.body?.safeParse(exampleBodies[operationId]).error).toBeUndefined()
    },
  )

  it('are there for nothing that does not exist', () => {
    const known = new Set(restRoutes.map(({ operationId }) => operationId))
    expect(Object.keys(exampleBodies).filter((name) => !known.has(name))).toEqual([])
  })

  it('are commands a shell can read', () => {
    for (const route of restRoutes) {
      const command = exampleCommand(route, 'http://localhost:4000')
      expect(command).toMatch(/^curl /)
      expect(command.split("'").length % 2).toBe(1)
      expect(command.split('"').length % 2).toBe(1)
    }
  })
})

describe('the page for people', () => {
  it('explains every route and every problem, under an address of its own', () => {
    const anchors = new Set([...page.matchAll(/id="([\w-]+)"/g)].map(([, id]) => id))
    const wanted = [...restRoutes.map(({ operationId }) => operationId), ...Object.keys(problems)]
    expect(wanted.filter((id) => !anchors.has(id))).toEqual([])
    const links = [...page.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id)
    expect(links.filter((id) => !anchors.has(id))).toEqual([])
  })

  it('loads nothing and runs nothing', async () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=/)
    const answer = await gateway.ask('/docs')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? ''
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
    expect(policy).toContain(`'sha256-${Buffer.from(digest).toString('base64')}'`)
  })

  it('shows the whole purchase of a guest', () => {
    for (const part of [
      '/api/v1/products',
      '/api/v1/checkout/quote',
      'idempotency-key',
      'tok_visa',
      'x-order-token',
      '/events',
      '/cancel',
    ]) {
      expect(page).toContain(part)
    }
  })

  it('is well-formed: every element that is opened is closed', () => {
    const open: string[] = []
    const empty = new Set(['meta', 'br', 'hr', 'input'])
    for (const [, slash, name = ''] of page
      .replace(/<style>[\s\S]*<\/style>/, '')
      .matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (empty.has(name)) continue
      if (slash === '/') expect(open.pop()).toBe(name)
      else open.push(name)
    }
    expect(open).toEqual([])
  })

  it('is where the root leads', async () => {
    const answer = await gateway.ask('/')
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/docs'])
  })
})

describe('the published keys', () => {
  it('are public halves only', async () => {
    const answer = await gateway.ask('/.well-known/jwks.json')
    expect(answer.json).toEqual({ keys: [gateway.publicJwk] })
    expect(answer.text).not.toContain('"d"')
  })
})
