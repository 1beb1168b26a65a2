import type { IdentityDatabase } from '@souk/db/identity'
import type { EventBus } from '@souk/events/bus'
import type { Clock } from '@souk/kernel/clock'
import { AppError } from '@souk/kernel/errors'
import type { Principal } from '@souk/kernel/principal'
import type { Log } from '@souk/service/log'
import type { AccessTokenSigner } from './access-tokens.ts'
import type { Hasher } from './hasher.ts'
import type { Throttle } from './throttle.ts'

export type IdentityContext = {
  db: IdentityDatabase
  bus: EventBus
  clock: Clock
  log: Log
  principal: Principal
  caller: string
  hasher: Hasher
  throttle: Throttle
  signAccessToken: AccessTokenSigner
  /** Tells the gateways at once; they also ask `auth.revokedSessions` when they start or reconnect. */
  announceRevoked: (sessionIds: readonly string[]) => Promise<void>
  /** Lets the job that answers password reset requests look at once. */
  wakeResets: () => void
}

export type Person = Extract<Principal, { kind: 'user' }>

/** The signed-in person who acts. */
export function actingPerson(ctx: Pick<IdentityContext, 'principal'>): Person {
  if (ctx.principal.kind !== 'user') throw new AppError('UNAUTHENTICATED', 'Please sign in first.')
  return ctx.principal
}

/** For a token that outlived its account. */
export function accountGone(): AppError {
  return new AppError('UNAUTHENTICATED', 'This account does not exist any more.')
}
