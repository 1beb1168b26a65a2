import type { z } from 'zod'

export type Checked<Output> =
  | { isValid: true; data: Output }
  | { isValid: false; errors: Record<string, string> }

/** Names of the fields as they read in a sentence: "Enter your street and house number." */
export type FieldNames = Readonly<Record<string, string>>

/** Asks the contract itself, and puts what it objects to into words for a person. First objection per field. */
export function checkContract<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  names: FieldNames,
): Checked<z.output<Schema>> {
  const result = schema.safeParse(value, { error: (issue) => sentence(issue, names) })
  if (result.success) return { isValid: true, data: result.data }
  const errors: Record<string, string> = {}
  for (const issue of result.error.issues) {
    const path = issue.path.join('.')
    errors[path] ??= issue.message
  }
  return { isValid: false, errors }
}

type Issue = {
  code: string
  path?: PropertyKey[]
  input?: unknown
  minimum?: unknown
  maximum?: unknown
  format?: unknown
}

function sentence(issue: Issue, names: FieldNames): string {
  const name = names[(issue.path ?? []).map(String).join('.')] ?? 'this field'
  const isMissing = issue.input === undefined || issue.input === ''
  if (isMissing) return `Enter ${name}.`
  if (issue.code === 'too_small') {
    return Number(issue.minimum) > 1 ? `Use at least ${issue.minimum} characters.` : `Enter ${name}.`
  }
  if (issue.code === 'too_big') return `Use at most ${issue.maximum} characters.`
  if (issue.format === 'email') return 'Enter a complete e-mail address, such as name@example.com.'
  return `Check ${name}.`
}
