import { startService } from '@souk/runtime/start-service'
import { nobody, startTestService } from '@souk/testing/service-harness'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IdentityRouter } from '../src/router.ts'
import { identityService } from '../src/service.ts'
import { goodPassword, refusal, signingJwk } from './harness.ts'

let identity: Awaited<ReturnType<typeof startTestService<IdentityRouter>>>
beforeAll(async () => {
  identity = await startTestService<IdentityRouter>(
    'identity',
    async (env) => await startService(identityService({ ...env, AUTH_PRIVATE_JWK: signingJwk })),
    { REDIS_URL: 'redis://127.0.0.1:1' },
  )
})
afterAll(async () => await identity.stop())

it('without Redis people register, sign in, refresh and sign out, and guessing is still slowed', async () => {
  const anyone = identity.as(nobody)
  const email = 'ada@example.test'
  await anyone.auth.register.mutate({ email, password: goodPassword, name: 'Ada' })
  const signedIn = await anyone.auth.signIn.mutate({ email, password: goodPassword })
  const refreshed = await anyone.auth.refresh.mutate({ refreshToken: signedIn.refreshToken })
  expect(await anyone.auth.signOut.mutate({ refreshToken: refreshed.refreshToken })).toEqual({ ok: true })
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const wrong = await refusal(anyone.auth.signIn.mutate({ email, password: 'a wrong guess' }))
    expect(wrong.code).toBe('UNAUTHENTICATED')
  }
  const slowed = await refusal(anyone.auth.signIn.mutate({ email, password: goodPassword }))
  expect(slowed).toMatchObject({ code: 'RATE_LIMITED' })
  const [waiting] = await identity.sql<{ count: number }>(
    'select count(*) from outbox where published_at is null',
  )
  expect(waiting?.count).toBe(1)
})
