import { openProductDatabase } from '@souk/db/product'
import { seedCatalogue } from './catalogue/seed-catalogue.ts'
import { readSeedEnv } from './env.ts'

/** Fills an empty shop when a demo is asked for; otherwise says why it did nothing. */
async function seed(): Promise<string> {
  const env = readSeedEnv()
  if (env.SOUK_DEMO !== '1') return 'product: no demo catalogue wanted (SOUK_DEMO is not 1)'
  const db = openProductDatabase({
    url: env.DATABASE_URL,
    applicationName: 'product-seed',
    maxConnections: 1,
  })
  try {
    const started = performance.now()
    const count = await seedCatalogue(db)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    return count === 0
      ? 'product: the shop has its catalogue already'
      : `product: ${count} demo products with their pictures written in ${seconds} s`
  } finally {
    await db.close()
  }
}

process.stdout.write(`${await seed()}\n`)
