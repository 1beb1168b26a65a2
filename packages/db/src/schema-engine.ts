import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/** Global in Node, but only typed by the browser's library, which services must not see. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>
}

export type SchemaEngine = bindings.SchemaEngine

let loaded: Promise<void> | undefined

/**
 * Runs `work` with Prisma's schema engine as WebAssembly: the native one needs a download that an
 * npm-only machine cannot make. Its connections are closed here, since the engine keeps them open.
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  datamodels: [string, string][] | undefined,
  work: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= instantiate()
  await loaded
  const factory = new ScriptSafePrismaPg(databaseUrl)
  const engine = await bindings.SchemaEngine.new(
    { datamodels },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  )
  try {
    return await work(engine)
  } finally {
    engine.free()
    await factory.close()
  }
}

async function instantiate(): Promise<void> {
  // The module looks its panic handler up on the global object; without one a panic reads as a TypeError.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => {
        throw new Error(`The schema engine gave up: ${message}`)
      },
    },
  })
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const { instance } = await WebAssembly.instantiate(await readFile(entry.replace(/\.js$/, '.wasm')), {
    './schema_engine_bg.js': { ...bindings },
  })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start !== 'function') throw new Error('The schema engine module has no start function.')
  start()
}

/**
 * The stock adapter cuts a script at every semicolon, which breaks function bodies, and connects the
 * shadow database to the main one when it was given a URL. Here a script is sent whole, so PostgreSQL
 * parses it and one migration is one transaction.
 */
class ScriptSafePrismaPg implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres'
  readonly adapterName = '@souk/db'
  private readonly url: string
  private readonly undo: (() => Promise<void>)[] = []

  constructor(url: string) {
    this.url = url
  }

  async connect(): Promise<SqlDriverAdapter> {
    return this.open(this.url)
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const shadow = await createShadowDatabase(this.url)
    this.undo.push(shadow.drop)
    return this.open(shadow.url)
  }

  async close(): Promise<void> {
    for (const step of this.undo.reverse()) await step()
  }

  private async open(url: string): Promise<SqlDriverAdapter> {
    // One connection, so that the engine's session lock and its statements meet in one session.
    const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 15_000 })
    // The shadow database is dropped by force: a connection that is still closing hears of it, and nobody minds.
    pool.on('error', () => {})
    pool.on('connect', (client) => client.on('error', () => {}))
    this.undo.push(() => pool.end())
    return scriptSafeAdapter(pool)
  }
}

async function scriptSafeAdapter(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const run = pool.query.bind(pool)
  Object.assign(pool, { query: async (query: pg.QueryArrayConfig) => markCharColumns(await run(query)) })
  const adapter = await new PrismaPg(pool).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => readCharColumns(await queryRaw(query))
  adapter.executeScript = async (script) => {
    try {
      await run(script)
    } catch (error) {
      throw error instanceof pg.DatabaseError ? engineError(error) : error
    }
  }
  return adapter
}

/**
 * Adapter 7.10 refuses PostgreSQL's one-byte "char" (oid 18), in which the catalogue keeps its kinds and
 * which the engine expects. The time type carries it past the adapter: no catalogue answers a time of day.
 */
function markCharColumns(result: pg.QueryArrayResult): pg.QueryArrayResult {
  for (const field of result.fields) {
    if (field.dataTypeID === pg.types.builtins.CHAR) field.dataTypeID = pg.types.builtins.TIME
  }
  return result
}

function readCharColumns(result: SqlResultSet): SqlResultSet {
  const columnTypes = result.columnTypes.map((type) =>
    type === ColumnTypeEnum.Time ? ColumnTypeEnum.Character : type,
  )
  const rows = result.rows.map((row) =>
    row.map((value, index) =>
      columnTypes[index] === ColumnTypeEnum.Character && value === '' ? '\0' : value,
    ),
  )
  return { ...result, columnTypes, rows }
}

function engineError(error: pg.DatabaseError): DriverAdapterError {
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? 'XX000',
    severity: error.severity ?? 'ERROR',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  })
}

async function createShadowDatabase(url: string) {
  const name = `souk_shadow_${crypto.randomUUID().replaceAll('-', '')}`
  await onServer(url, `CREATE DATABASE "${name}"`)
  const shadow = new URL(url)
  shadow.pathname = `/${name}`
  return { url: shadow.href, drop: () => onServer(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) }
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
