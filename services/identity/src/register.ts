import { record, shopEvent } from '@souk/events/record'
import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { once } from '@souk/service/idempotency'
import { toUser } from './account.ts'
import { insertAccount } from './account-store.ts'
import type { IdentityContext } from './context.ts'
import type { Register, Registered } from './contract.ts'

export async function register(ctx: IdentityContext, input: Register): Promise<Registered> {
  // Also for an e-mail that is taken, so that both answers take the same time.
  const passwordHash = await ctx.hasher.hash(input.password)
  const { email, name } = input
  // The stored key must not hold a fast hash of the password, so it is no part of the compared input.
  const command = { operation: 'auth.register', principal: ctx.principal, input: { email, name } }
  const registered = await once(ctx.db, command, async (tx) => {
    const id = newId()
    const now = ctx.clock.now()
    const account = await insertAccount(tx, { id, email, name, roles: ['customer'], passwordHash, now })
    if (!account) throw emailTaken()
    await record(tx, [shopEvent('user.registered', id, account.version, { userId: id, email, name })])
    return { user: toUser(account) }
  })
  ctx.bus.wake()
  return registered
}

function emailTaken(): AppError {
  return new AppError(
    'CONFLICT',
    'There is an account with this e-mail already. Sign in, or reset the password if you forgot it.',
    { details: { reason: 'email_taken', errors: [{ path: 'email', message: 'Has an account already' }] } },
  )
}
