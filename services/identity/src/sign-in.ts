import { AppError } from '@souk/kernel/errors'
import type { Account } from './account.ts'
import { findAccountByEmail, replaceHash } from './account-store.ts'
import { writeAudit } from './audit-store.ts'
import type { IdentityContext } from './context.ts'
import type { SignedIn, SignIn } from './contract.ts'
import { isOutdated } from './hasher.ts'
import { openSession } from './open-session.ts'

export async function signIn(ctx: IdentityContext, input: SignIn): Promise<SignedIn> {
  const { email, password } = input
  const assertOpen = async () => await ctx.throttle.assertOpen(email)
  await assertOpen()
  const account = await findAccountByEmail(ctx.db, email)
  // Asked again when its turn has come: a burst of guesses must not all pass the first check.
  const isRight = await ctx.hasher.verify(account?.passwordHash, password, assertOpen)
  if (!account || !isRight) {
    await refuse(ctx, email, account)
    throw wrongCredentials()
  }
  const signedIn = await openSession(ctx, await withCurrentHash(ctx, account, password))
  if (!signedIn) throw wrongCredentials()
  await ctx.throttle.clear(email)
  return signedIn
}

async function refuse(ctx: IdentityContext, email: string, account: Account | undefined): Promise<void> {
  await Promise.all([
    ctx.throttle.failed(email),
    writeAudit(
      ctx.db.sql,
      { actorId: null, action: 'sign_in', subject: account?.id ?? 'unknown', outcome: 'refused' },
      ctx.clock.now(),
    ),
  ])
}

/** The only moment at which an old hash can be made anew is when the password is at hand. */
async function withCurrentHash(ctx: IdentityContext, account: Account, password: string): Promise<Account> {
  if (!isOutdated(account.passwordHash)) return account
  const passwordHash = await ctx.hasher.hash(password)
  const isReplaced = await replaceHash(ctx.db, {
    id: account.id,
    from: account.passwordHash,
    to: passwordHash,
  })
  return isReplaced ? { ...account, passwordHash } : account
}

function wrongCredentials(): AppError {
  return new AppError('UNAUTHENTICATED', 'The e-mail or the password is not right.')
}
