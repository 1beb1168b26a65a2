import { readSigningKey } from '@souk/auth/access-token'
import { runProcess } from '@souk/runtime/run-process'
import { startService } from '@souk/runtime/start-service'
import { readEnv } from './env.ts'
import { identityService } from './service.ts'

await runProcess(async () => {
  const env = readEnv()
  // A key that cannot sign ends the start, not the first sign-in.
  await readSigningKey(env.AUTH_PRIVATE_JWK)
  return await startService(identityService(env))
})
