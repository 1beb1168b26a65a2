import { openIdentityDatabase } from '@souk/db/identity'
import { readSeedEnv } from './env.ts'
import { createHasher } from './hasher.ts'
import { demoAccounts, seedDemo } from './seed-demo.ts'

const env = readSeedEnv()

if (env.isDemo) {
  const db = openIdentityDatabase({
    url: env.DATABASE_URL,
    applicationName: 'identity-seed',
    maxConnections: 2,
  })
  try {
    const options = { password: env.SOUK_DEMO_PASSWORD, hasher: createHasher(), now: new Date() }
    const isSeeded = await seedDemo(db, options)
    process.stdout.write(
      isSeeded ? `identity: ${demoAccounts.length} demo accounts\n` : 'identity: not empty\n',
    )
  } finally {
    await db.close()
  }
} else {
  process.stdout.write('identity: no demo accounts in production without SOUK_DEMO=1\n')
}
