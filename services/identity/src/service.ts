import { type IdentityDatabase, openIdentityDatabase } from '@souk/db/identity'
import { sendSignal } from '@souk/events/signals'
import type { ServiceDefinition, ServiceEnv } from '@souk/runtime/start-service'
import { createWaker } from '@souk/runtime/waker'
import { accessTokenSigner } from './access-tokens.ts'
import type { IdentityContext } from './context.ts'
import type { PrivateJwk } from './env.ts'
import { createHasher } from './hasher.ts'
import { identityJobs } from './jobs.ts'
import { identityRouter } from './router.ts'
import { subscriptions } from './subscriptions.ts'
import { createThrottle } from './throttle.ts'

type Settings = ServiceEnv & { AUTH_PRIVATE_JWK: PrivateJwk }

export function identityService(
  env: Settings,
): ServiceDefinition<IdentityDatabase['prisma'], IdentityContext> {
  return {
    name: 'identity',
    env,
    owner: 'identity',
    openDatabase: openIdentityDatabase,
    build: ({ db, bus, redis, clock, log }) => {
      const resets = createWaker()
      const shared = {
        db,
        bus,
        clock,
        log,
        hasher: createHasher(),
        throttle: createThrottle(redis, log),
        signAccessToken: accessTokenSigner(env.AUTH_PRIVATE_JWK),
        announceRevoked: async (sessionIds: readonly string[]) => {
          if (sessionIds.length > 0)
            await sendSignal(redis, 'session.revoked', { sessionIds: [...sessionIds] })
        },
        wakeResets: resets.wake,
      }
      return {
        context: (acting) => ({ ...shared, principal: acting.principal, caller: acting.caller }),
        router: identityRouter,
        subscriptions: () => subscriptions,
        jobs: identityJobs(resets),
      }
    },
  }
}
