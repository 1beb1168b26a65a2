import { z } from 'zod'
import { type Json, propertiesOf } from '../rest/json-schema.ts'
import type { RestRoute } from '../rest/route.ts'

export type Field = { name: string; where: 'path' | 'query' | 'body'; type: string; isRequired: boolean }

/** Every field that goes in, in words. */
export function describeInput(route: RestRoute): Field[] {
  return [
    ...fieldsOf(route.params, 'path').map((field) => ({ ...field, isRequired: true })),
    ...fieldsOf(route.query, 'query'),
    ...(route.bodyKind === 'image' ? [] : fieldsOf(route.body, 'body')),
  ]
}

function fieldsOf(schema: z.ZodType | undefined, where: Field['where']): Field[] {
  // Of several shapes that would do, none of the fields is needed by all.
  if (schema instanceof z.ZodUnion) {
    const fields = schema.options.flatMap((option) =>
      option instanceof z.ZodType ? fieldsOf(option, where) : [],
    )
    return fields.map((field) => ({ ...field, isRequired: false }))
  }
  return propertiesOf(schema).map(({ name, schema: property, isRequired }) => ({
    name,
    where,
    type: typeInWords(property),
    isRequired,
  }))
}

function typeInWords(schema: Json): string {
  if (typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1) ?? 'object'
  if (Array.isArray(schema.enum)) return schema.enum.join(', ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const options = schema.anyOf ?? schema.oneOf
  if (Array.isArray(options)) return [...new Set(options.map(typeInWords))].join(' or ')
  if (schema.type === 'array') return `list of ${typeInWords((schema.items ?? {}) as Json)}`
  if (schema.type === 'object') {
    const names = Object.keys((schema.properties ?? {}) as Json)
    return names.length > 0 ? `{ ${names.join(', ')} }` : 'object'
  }
  return `${schema.type ?? 'any'}${rangeInWords(schema)}`
}

function rangeInWords({ minimum, maximum, minLength, maxLength }: Json): string {
  const isLimited = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER
  if (typeof minimum === 'number' && isLimited) return `, ${minimum} to ${maximum}`
  if (typeof minimum === 'number' && minimum >= 0) return `, from ${minimum}`
  if (maxLength !== undefined) return `, ${minLength ?? 0} to ${maxLength} characters`
  return ''
}
