import { createHash } from 'node:crypto'
import type { Sql } from '@souk/db/connect'
import { canonicalJson } from '@souk/kernel/canonical'
import { AppError } from '@souk/kernel/errors'
import type { Principal } from '@souk/kernel/principal'
import { currentRequest } from './request.ts'

type Transact = { transaction<Result>(work: (tx: Sql) => Promise<Result>): Promise<Result> }
type StoredCommand = { body_hash: string; answer: unknown }

/**
 * Runs a command at most once per (caller, operation, Idempotency-Key): the key, the changes and the
 * answer commit together. The same key with the same input gives the stored answer, with another input
 * `idempotency_conflict`. A second request that arrives while the first runs waits for its row lock and
 * gets 409 `idempotency_in_flight` after a second. Without a key the command simply runs.
 * `answer` must be plain JSON.
 */
export async function once<Answer>(
  db: Transact,
  command: { operation: string; principal: Principal; input: unknown; key?: string | undefined },
  work: (tx: Sql) => Promise<Answer>,
): Promise<Answer> {
  const scope = currentRequest()
  const key = command.key ?? scope?.idempotencyKey
  if (key === undefined) return await db.transaction(work)
  const caller = callerKey(command.principal)
  const bodyHash = hashBody(command.input)
  return await db.transaction(async (tx) => {
    const stored = await claimKey(tx, [caller, command.operation, key, bodyHash])
    if (!stored) {
      const answer = await work(tx)
      await tx.query('update idempotency set answer = $4 where caller = $1 and operation = $2 and key = $3', [
        caller,
        command.operation,
        key,
        JSON.stringify(answer ?? null),
      ])
      return answer
    }
    if (stored.body_hash !== bodyHash) throw keyReused()
    if (scope) scope.isReplay = true
    return stored.answer as Answer
  })
}

async function claimKey(
  tx: Sql,
  values: [string, string, string, string],
): Promise<StoredCommand | undefined> {
  try {
    const claimed = await tx.query(
      `insert into idempotency (caller, operation, key, body_hash) values ($1, $2, $3, $4)
       on conflict do nothing returning key`,
      values,
      'idempotency-claim',
    )
    if (claimed.length === 1) return undefined
  } catch (error) {
    // lock_timeout: the first request still runs.
    if (sqlState(error) === '55P03' || sqlState(error) === '57014') throw inFlight()
    throw error
  }
  const [stored] = await tx.query<StoredCommand>(
    'select body_hash, answer from idempotency where caller = $1 and operation = $2 and key = $3',
    values.slice(0, 3),
  )
  return stored
}

/** Whose key space a command belongs to: two people may use the same key. */
export function callerKey(principal: Principal): string {
  if (principal.kind === 'user') return `user:${principal.userId}`
  if (principal.kind === 'service') return `service:${principal.name}`
  return 'anonymous'
}

export function hashBody(input: unknown): string {
  return createHash('sha256').update(canonicalJson(input)).digest('base64url')
}

export function keyReused(): AppError {
  return new AppError(
    'CONFLICT',
    'This Idempotency-Key was used with another body. Use a new key for a changed request.',
    { details: { reason: 'idempotency_conflict' } },
  )
}

export function inFlight(): AppError {
  return new AppError('CONFLICT', 'The first request with this Idempotency-Key is still running.', {
    details: { reason: 'idempotency_in_flight', retryAfterSeconds: 1 },
  })
}

function sqlState(error: unknown): unknown {
  return error !== null && typeof error === 'object' ? Reflect.get(error, 'code') : undefined
}
