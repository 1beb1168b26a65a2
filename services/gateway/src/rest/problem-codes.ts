import { type ProblemCode, problems } from '../edge/problems.ts'
import type { RestRoute } from './route.ts'

/** What a route may refuse with: its own codes and those that its kind brings. */
export function problemCodesOf(route: RestRoute): ProblemCode[] {
  const codes = new Set<ProblemCode>(route.problems)
  codes.add('invalid_input')
  codes.add('unavailable')
  if (route.body) codes.add('too_large').add('unsupported_media_type')
  if (route.access !== 'public') codes.add('unauthenticated')
  if (route.access === 'staff' || route.access === 'owner') codes.add('forbidden')
  if (route.headers?.includes('Idempotency-Key'))
    codes.add('idempotency_in_flight').add('idempotency_conflict')
  return [...codes].sort((a, b) => problems[a].status - problems[b].status)
}
