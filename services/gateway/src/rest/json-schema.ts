import { z } from 'zod'
import { namedSchemas } from './schemas.ts'

export type Json = Record<string, unknown>

/** One schema; what has a name of its own is referred to by it. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const name = io === 'output' ? namedSchemas.get(schema)?.id : undefined
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` }
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    ...(io === 'output' ? { override: allowMore } : {}),
  }) as Json
  return rest
}

/** Every named schema, for `components`. */
export function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(namedSchemas, {
    io: 'output',
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
    override: allowMore,
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [name, schema]),
  )
}

/** Header and query values are texts; what they must say is described by what is read from them. */
export function propertiesOf(schema: z.ZodType | undefined) {
  if (!schema) return []
  const described = schemaOf(schema, 'output')
  const faults = schema.safeParse({}).error?.issues ?? []
  const missing = new Set(faults.map((issue) => String(issue.path[0])))
  return Object.entries((described.properties ?? {}) as Record<string, Json>).map(([name, property]) => ({
    name,
    schema: property,
    isRequired: missing.has(name),
  }))
}

/** Answers may gain fields; a client that refuses them would break. */
function allowMore({ jsonSchema }: { jsonSchema: { additionalProperties?: unknown } }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
}
