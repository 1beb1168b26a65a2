import type { Readable } from 'node:stream'
import type { Access, LimitName } from '@souk/api/rpc'
import type { Services } from '@souk/api/services'
import { AppError, notFound } from '@souk/kernel/errors'
import type { Principal } from '@souk/kernel/principal'
import { z } from 'zod'
import type { ProblemCode } from '../edge/problems.ts'
import { inputFault } from './input-faults.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a route may reach beside its input. */
export type RestParts = {
  services: Services
  /** Sends a picture on to the product service as it comes in. */
  uploadImage(upload: ImageUpload): Promise<unknown>
}
export type ImageUpload = {
  productId: string
  query: Record<string, string>
  body: Readable
  contentType: string
}

/** What came with the request, before anything was checked. */
export type RestInput = {
  params: unknown
  query: unknown
  body: unknown
  headers: Readonly<Record<string, string | string[] | undefined>>
  principal: Principal
}

type Checked<Params, Query, Body> = RestParts & {
  params: Params
  query: Query
  body: Body
  principal: Principal
  contentType: string
  /** A guest's key to an order, from the X-Order-Token header. */
  orderToken: string | undefined
}

type Described = {
  method: Method
  /** With `{name}` for parameters. */
  path: string
  operationId: string
  tag: string
  summary: string
  description?: string
  access: Access
  limit?: LimitName
  /** Request headers with a meaning of their own here. */
  headers?: readonly ('Idempotency-Key' | 'X-Order-Token')[]
  answer: { status: 200 | 201 | 202 | 204; schema?: z.ZodType; description: string }
  /** Problem codes beyond those that any route may answer. */
  problems?: readonly ProblemCode[]
  /** The procedure of a service that does the work. */
  calls: string
  /** The answer is the same for everybody and is kept as ready bytes. */
  isPublicRead?: boolean
  /** `image`: the body is the picture itself, passed on as it comes. */
  bodyKind?: 'json' | 'image'
  /** Media type of the answer when it is not JSON. */
  answerType?: string
}

export type RestRoute = Described & {
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** Absent for a route that does not speak JSON and is served by code of its own. */
  handle?: (input: RestInput, parts: RestParts) => Promise<unknown>
}

const Nothing = z.undefined()
const NoQuery = z.strictObject({})

/** One route of the REST interface: what it is called, who may call it, what goes in and comes out. */
export function route<
  Params extends z.ZodType = typeof Nothing,
  Query extends z.ZodType = typeof NoQuery,
  Body extends z.ZodType = typeof Nothing,
>(
  definition: Described & {
    params?: Params
    query?: Query
    body?: Body
    run(call: Checked<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<unknown>
  },
): RestRoute {
  const { run, ...described } = definition
  return {
    ...described,
    handle: async (input, parts) =>
      await run({
        ...parts,
        params: readParams(definition.params, input.params) as z.output<Params>,
        query: read(definition.query ?? NoQuery, withoutBlanks(input.query)) as z.output<Query>,
        body: readBody(definition, input.body) as z.output<Body>,
        principal: input.principal,
        contentType: String(input.headers['content-type'] ?? ''),
        orderToken: orderTokenOf(input.headers['x-order-token']),
      }),
  }
}

/** An address with an impossible id leads nowhere, like one with an unknown id. */
function readParams(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw notFound('resource')
  return parsed.data
}

function readBody(definition: { body?: z.ZodType; bodyKind?: string }, value: unknown): unknown {
  if (definition.bodyKind === 'image') return value
  if (definition.body) return read(definition.body, value ?? {})
  if (value === undefined || value === null || isEmptyObject(value)) return undefined
  throw new AppError('INVALID_INPUT', 'This request takes no body.')
}

function read(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw inputFault(parsed.error, value)
}

/** `?q=` in a form that was left empty means no q at all. */
function withoutBlanks(query: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query ?? {}).filter(([, value]) => value !== ''))
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function orderTokenOf(given: string | string[] | undefined): string | undefined {
  return typeof given === 'string' && given !== '' && given.length <= 200 ? given : undefined
}
