import { STATUS_CODES } from 'node:http'
import { type ProblemCode, problems } from '../edge/problems.ts'
import { componentSchemas, type Json, propertiesOf, schemaOf } from './json-schema.ts'
import { problemCodesOf } from './problem-codes.ts'
import type { RestRoute } from './route.ts'

/** The OpenAPI 3.1 description of the table of routes. */
export function openApiDocument(routes: readonly RestRoute[], baseUrl: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const operations = paths[route.path] ?? {}
    paths[route.path] = operations
    operations[route.method.toLowerCase()] = operationOf(route)
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Souk',
      version: '1',
      summary: 'The REST interface of the shop.',
      description:
        'Money is `{ "amount": 1999, "currency": "EUR" }` in minor units, times are ISO 8601 in UTC, lists are `{ "items": [], "nextCursor": null }`, errors are `application/problem+json` with a `code`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: baseUrl }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...componentSchemas(), Problem: problemSchema },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        orderToken: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Order-Token',
          description: 'The `accessToken` of the 201 answer that placed the order.',
        },
      },
    },
  }
}

function operationOf(route: RestRoute): Json {
  const { status, schema, description } = route.answer
  const type = route.answerType ?? 'application/json'
  const content = schema ? { content: { [type]: { schema: schemaOf(schema, 'output') } } } : {}
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...securityOf(route),
    parameters: parametersOf(route),
    ...bodyOf(route),
    responses: {
      [status]: { description, headers: answerHeaders(route), ...content },
      ...problemResponses(route),
    },
  }
}

function securityOf(route: RestRoute): Json {
  if (route.access !== 'public') return { security: [{ bearer: [] }] }
  if (route.headers?.includes('X-Order-Token')) return { security: [{ bearer: [] }, { orderToken: [] }] }
  return { security: [{}, { bearer: [] }] }
}

function parametersOf(route: RestRoute): Json[] {
  const inPath = propertiesOf(route.params).map(({ name, schema }) => ({
    name,
    in: 'path',
    required: true,
    schema,
  }))
  const inQuery = propertiesOf(route.query).map(({ name, schema, isRequired }) => ({
    name,
    in: 'query',
    required: isRequired,
    schema,
  }))
  const inHeader = (route.headers ?? [])
    .filter((name) => name === 'Idempotency-Key')
    .map((name) => ({
      name,
      in: 'header',
      required: false,
      description: 'The same key with the same request is carried out once and answered the same.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }))
  return [...inPath, ...inQuery, ...inHeader]
}

function bodyOf(route: RestRoute): Json {
  if (!route.body) return {}
  if (route.bodyKind === 'image') {
    const picture = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } }
    return { requestBody: { required: true, content: { 'image/*': picture } } }
  }
  const isRequired = !route.body.safeParse({}).success
  const schema = schemaOf(route.body, 'input')
  return { requestBody: { required: isRequired, content: { 'application/json': { schema } } } }
}

function answerHeaders(route: RestRoute): Json {
  const text = (description: string) => ({ description, schema: { type: 'string' } })
  return {
    'X-Request-Id': text('Names this request in our logs.'),
    ...(route.headers?.includes('Idempotency-Key')
      ? { 'Idempotent-Replayed': text('`true` when the answer is that of an earlier identical request.') }
      : {}),
    ...(route.isPublicRead ? { ETag: text('Send it as If-None-Match to be answered 304.') } : {}),
  }
}

function problemResponses(route: RestRoute): Json {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of problemCodesOf(route)) {
    const { status } = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: `${STATUS_CODES[status] ?? 'Error'}: ${codes.map((code) => `\`${code}\``).join(', ')}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', examples: Object.keys(problems) },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
  additionalProperties: true,
}
