import {
  type DatabaseName,
  databaseNames,
  databasesWithSchema,
  isDatabaseName,
  migrationsFolder,
  schemaPath,
} from '@souk/db/databases'
import { generateClients } from '@souk/db/generate'
import { applyMigrations, createMigration } from '@souk/db/migrate'
import { AppError, isAppError } from '@souk/kernel/errors'

const usage = `npm run migrate -- new <database> <name> [--empty]   write the migration that leads to schema.prisma
npm run migrate -- generate [database]                write the clients whose schema changed
npm run migrate -- deploy                             apply what is missing to every database

Databases: ${databaseNames.join(', ')}`

async function main([command, ...rest]: string[]): Promise<void> {
  if (command === 'new') return writeNew(rest)
  if (command === 'generate') return generate(rest[0])
  if (command === 'deploy') return deploy()
  throw new AppError('INVALID_INPUT', usage)
}

async function writeNew([database, name, ...flags]: string[]): Promise<void> {
  if (!database || !name) throw new AppError('INVALID_INPUT', usage)
  const db = databaseNamed(database)
  if (!databasesWithSchema().includes(db)) {
    throw new AppError('INVALID_INPUT', `packages/db/${db}/schema.prisma does not exist yet.`)
  }
  const serverUrl = process.env.SOUK_TEST_DATABASE_URL ?? process.env.DATABASE_URL
  if (!serverUrl) {
    throw new AppError(
      'INVALID_INPUT',
      'Set SOUK_TEST_DATABASE_URL to a PostgreSQL server on which a temporary database may be made.',
    )
  }
  const written = await createMigration(name, schemaPath(db), migrationsFolder(db), {
    serverUrl,
    evenIfEmpty: flags.includes('--empty'),
  })
  if (written) console.log(`Wrote packages/db/${db}/migrations/${written}/migration.sql`)
  else console.log(`The ${db} migrations already lead to its schema. Use --empty to write SQL by hand.`)
}

async function generate(database: string | undefined): Promise<void> {
  const names = database ? [databaseNamed(database)] : databasesWithSchema()
  const written = await generateClients(names)
  console.log(written.length > 0 ? `Generated ${written.join(', ')}` : 'Every client is up to date.')
}

async function deploy(): Promise<void> {
  for (const name of databasesWithSchema()) {
    const url = process.env[`${name.toUpperCase()}_DATABASE_URL`]
    if (!url) throw new AppError('INVALID_INPUT', `Set ${name.toUpperCase()}_DATABASE_URL.`)
    const applied = await applyMigrations(url, migrationsFolder(name))
    console.log(applied.length > 0 ? `${name}: applied ${applied.join(', ')}` : `${name}: up to date`)
  }
}

function databaseNamed(value: string): DatabaseName {
  if (isDatabaseName(value)) return value
  throw new AppError(
    'INVALID_INPUT',
    `There is no database "${value}". Databases: ${databaseNames.join(', ')}`,
  )
}

const exitCode = await main(process.argv.slice(2)).then(
  () => 0,
  (error: unknown) => {
    console.error(isAppError(error) ? error.message : error)
    return 1
  },
)
// The schema engine leaves a ten-second timer behind.
process.exit(exitCode)
