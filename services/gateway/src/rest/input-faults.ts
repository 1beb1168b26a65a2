import type { AppError } from '@souk/kernel/errors'
import { invalidInput } from '@souk/service/rpc'
import { z } from 'zod'

type Issue = z.core.$ZodIssue

/** The fault of an input, by path. Where one of several shapes would do, the faults of the nearest are named. */
export function inputFault(error: z.ZodError, value: unknown): AppError {
  return invalidInput(new z.ZodError(error.issues.flatMap((issue) => nearest(issue, value))))
}

function nearest(issue: Issue, value: unknown): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0
  const [first = [], ...others] = issue.errors
  const best = isEmpty ? first : others.reduce((a, b) => (b.length < a.length ? b : a), first)
  return best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
}
