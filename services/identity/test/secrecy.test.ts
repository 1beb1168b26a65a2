import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { serviceTokenMinter } from '@souk/auth/service-token'
import { createTestDatabase } from '@souk/db/testing'
import { serviceClient } from '@souk/service/client'
import { testServers } from '@souk/testing/env'
import { nobody, testSecret } from '@souk/testing/service-harness'
import { createTestRedis } from '@souk/testing/test-redis'
import { until } from '@souk/testing/until'
import { Client } from 'pg'
import { expect, it } from 'vitest'
import type { IdentityRouter } from '../src/router.ts'
import { refusal, signingJwk } from './harness.ts'

const canary = {
  email: 'canary.person@example.test',
  name: 'Canary Person',
  password: 'canary password one',
  wrong: 'canary password wrong',
  next: 'canary password two',
}

/** The process as it really starts, with everything it prints. */
async function startProcess(databaseUrl: string, redisUrl: string) {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [fileURLToPath(new URL('../src/main.ts', import.meta.url))], {
    env: {
      PATH,
      PORT: '0',
      LOG_LEVEL: 'trace',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      SERVICE_TOKEN_SECRET: testSecret,
      AUTH_PRIVATE_JWK: JSON.stringify(signingJwk),
    },
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const url = await until(
    'the service is ready',
    () => /"url":"([^"]+)","msg":"ready"/.exec(printed)?.[1],
    20_000,
  )
  return {
    url,
    printed: () => printed,
    stop: async () => {
      child.kill('SIGTERM')
      return await exited
    },
  }
}

it('prints and answers no password, hash, token or e-mail, and stops when told to', async () => {
  const database = await createTestDatabase('identity', testServers.databaseUrl)
  const redis = await createTestRedis()
  const sql = new Client({ connectionString: database.url })
  await sql.connect()
  const service = await startProcess(database.url, redis.url)
  const client = serviceClient<IdentityRouter>({
    service: 'identity',
    directory: { addresses: () => [service.url], stop: () => {} },
    mint: serviceTokenMinter('gateway', testSecret),
    actor: () => nobody,
    timeoutMs: 8000,
  })
  const { email, name, password, wrong, next } = canary
  const answers: unknown[] = [await client.auth.register.mutate({ email, password, name })]
  answers.push(await refusal(client.auth.register.mutate({ email, password, name })))
  answers.push(await refusal(client.auth.signIn.mutate({ email, password: wrong })))
  const signedIn = await client.auth.signIn.mutate({ email, password })
  const refreshed = await client.auth.refresh.mutate({ refreshToken: signedIn.refreshToken })
  await client.auth.requestPasswordReset.mutate({ email })
  const resetToken = await until('a reset link', async () => {
    const { rows } = await sql.query(
      `select payload ->> 'resetToken' as token from outbox where payload ? 'resetToken'`,
    )
    return rows[0]?.token as string | undefined
  })
  answers.push(await client.auth.resetPassword.mutate({ token: resetToken, password: next }))
  answers.push(await refusal(client.auth.resetPassword.mutate({ token: resetToken, password: next })))
  answers.push(await refusal(client.auth.refresh.mutate({ refreshToken: refreshed.refreshToken })))
  const { rows } = await sql.query('select password_hash from account')
  // A defect's text is the likeliest leak: one procedure fails on a table that is gone.
  await sql.query('drop table reset_request')
  await expect(client.auth.requestPasswordReset.mutate({ email })).rejects.toThrow()
  const exitCode = await service.stop()

  expect(exitCode).toBe(0)
  expect(service.printed()).toContain('procedure failed')
  const secrets = [
    password,
    wrong,
    next,
    resetToken,
    signedIn.accessToken,
    signedIn.refreshToken,
    refreshed.refreshToken,
    rows[0]?.password_hash as string,
    signingJwk.d,
  ]
  for (const secret of [...secrets, email]) expect(service.printed()).not.toContain(secret)
  for (const secret of secrets) expect(JSON.stringify(answers)).not.toContain(secret)

  await sql.end()
  await database.drop()
  await redis.drop()
})
