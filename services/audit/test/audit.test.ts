import { serviceTokenMinter } from '@souk/auth/service-token'
import { type DatabaseName, databaseNames } from '@souk/db/databases'
import { createTestDatabase, type TestDatabase } from '@souk/db/testing'
import type { Principal } from '@souk/kernel/principal'
import type { RunningService } from '@souk/runtime/start-service'
import { serviceClient } from '@souk/service/client'
import { testServers } from '@souk/testing/env'
import { startSandboxProcess, type TestSandbox } from '@souk/testing/sandbox-process'
import { person, testSecret } from '@souk/testing/service-harness'
import { createTestRedis } from '@souk/testing/test-redis'
import { until } from '@souk/testing/until'
import { Client } from 'pg'
import { createClient } from 'redis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditReport } from '../src/contract.ts'
import type { AuditRouter } from '../src/router.ts'
import { startAudit } from '../src/service.ts'

const staff = person('staff')
let databases: Map<DatabaseName, TestDatabase>
let redis: Awaited<ReturnType<typeof createTestRedis>>
let sandbox: TestSandbox
let running: RunningService

beforeAll(async () => {
  const made = databaseNames.map(
    async (name) => [name, await createTestDatabase(name, testServers.databaseUrl)] as const,
  )
  databases = new Map(await Promise.all(made))
  redis = await createTestRedis()
  sandbox = await startSandboxProcess()
  running = await startWith({})
})
afterAll(async () => {
  await running?.stop()
  await sandbox?.stop()
  await redis?.drop()
  await Promise.all([...(databases?.values() ?? [])].map(async (database) => await database.drop()))
})

async function startWith(away: Partial<Record<DatabaseName, string>>): Promise<RunningService> {
  const urlOf = (name: DatabaseName) => away[name] ?? databases.get(name)?.url ?? ''
  return await startAudit({
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: 0,
    INSTANCE: 'test',
    LOG_LEVEL: 'silent',
    REDIS_URL: redis.url,
    SERVICE_TOKEN_SECRET: testSecret,
    FAULT_POINTS: '0',
    PRODUCT_DATABASE_URL: urlOf('product'),
    ORDER_DATABASE_URL: urlOf('order'),
    PAYMENT_DATABASE_URL: urlOf('payment'),
    INVENTORY_DATABASE_URL: urlOf('inventory'),
    IDENTITY_DATABASE_URL: urlOf('identity'),
    NOTIFICATION_DATABASE_URL: urlOf('notification'),
    SANDBOX_URL: sandbox.url,
    SANDBOX_API_KEY: sandbox.apiKey,
    AUDIT_EVERY_SECONDS: 86_400,
  })
}

function ask(service: RunningService, principal: Principal) {
  return serviceClient<AuditRouter>({
    service: 'audit',
    directory: { addresses: () => [service.url], stop: () => {} },
    mint: serviceTokenMinter('gateway', testSecret),
    actor: () => principal,
    timeoutMs: 8000,
  })
}

/** Asks until a run that began after this call has ended; one that has just ended is not repeated. */
async function runOn(service: RunningService): Promise<AuditReport> {
  const since = new Date().toISOString()
  let report: AuditReport | null = null
  const hasEnded = async () => {
    report = (await ask(service, staff).audit.run.mutate()).latest
    return report !== null && report.startedAt >= since
  }
  await until('the audit has run', hasEnded, 40_000)
  if (report === null) throw new Error('There is no report')
  return report
}

async function query(name: DatabaseName, text: string): Promise<void> {
  const client = new Client({ connectionString: databases.get(name)?.url })
  await client.connect()
  await client.query(text).finally(() => client.end())
}

const metricsOf = async (service: RunningService) => await (await fetch(`${service.url}/metrics`)).text()
const brokenIn = ({ checks }: AuditReport) =>
  checks.filter(({ offences }) => offences.length > 0).map(({ id }) => id)

it('shows a row that breaks an invariant across databases, counts it, and forgets it once it is repaired', async () => {
  expect(await ask(running, staff).audit.latest.query()).toMatchObject({ latest: null, running: null })
  const clean = await runOn(running)
  expect(clean.checks.filter(({ offences, problem }) => offences.length > 0 || problem !== null)).toEqual([])
  for (const id of ['I1', 'I4', 'I8', 'I12', 'I15', 'I18'])
    expect(clean.checks.map((check) => check.id)).toContain(id)
  expect(clean.checks.find(({ id }) => id === 'I7')?.remark).toBeNull()

  // Order listens to `payment.processed`, as its inbox tells, and has never seen this one.
  await query(
    'order',
    `insert into inbox (event_id, consumer, name, aggregate_id, aggregate_version)
     values (gen_random_uuid(), 'order', 'payment.processed', 'seen', 1)`,
  )
  await query(
    'payment',
    `insert into outbox (event_id, name, schema_version, aggregate_id, aggregate_version, payload, occurred_at, published_at)
     values (gen_random_uuid(), 'payment.processed', 1, 'lost', 1, '{}', now() - interval '1 hour', now())`,
  )
  const broken = await runOn(running)
  expect(brokenIn(broken)).toEqual(['I16'])
  expect(broken.checks.find(({ id }) => id === 'I16')?.offences).toMatchObject([
    { what: 'Never handled by order', row: { aggregate_id: 'lost' } },
  ])
  expect(await metricsOf(running)).toMatch(/^souk_audit_offences\{check="I16"\} 1$/m)

  await query('payment', `delete from outbox where aggregate_id = 'lost'`)
  expect(brokenIn(await runOn(running))).toEqual([])
  const metrics = await metricsOf(running)
  expect(metrics).toMatch(/^souk_audit_offences\{check="I16"\} 0$/m)
  const [, at] = /^souk_audit_run_timestamp_seconds ([\d.e+]+)$/m.exec(metrics) ?? []
  expect(Math.abs(Date.now() / 1000 - Number(at))).toBeLessThan(60)
})

it('lets an event be on its way for a minute, and no longer', async () => {
  const client = createClient({ url: redis.url })
  await client.connect()
  try {
    await client.xGroupCreate('events:order', 'reader', '0', { MKSTREAM: true })
    await client.xAdd('events:order', '*', { event: 'young' })
    expect(brokenIn(await runOn(running))).toEqual([])
    await client.del('events:order')
    await client.xGroupCreate('events:order', 'reader', '0', { MKSTREAM: true })
    await client.xAdd('events:order', '1-1', { event: 'old' })
    expect(brokenIn(await runOn(running))).toEqual(['I18'])
  } finally {
    await client.del('events:order')
    client.destroy()
  }
})

it('is for staff only', async () => {
  await expect(ask(running, person('customer')).audit.run.mutate()).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await expect(ask(running, { kind: 'anonymous' }).audit.latest.query()).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  })
})

it('reads the rest when a database is away, and never calls what it could not read whole', async () => {
  const partly = await startWith({ notification: 'postgres://nobody@127.0.0.1:1/none' })
  try {
    const { checks } = await runOn(partly)
    const unread = checks.filter(({ problem }) => problem !== null).map(({ id }) => id)
    for (const id of ['I15', 'I16', 'I17']) expect(unread).toContain(id)
    expect(checks.find(({ id }) => id === 'I5')).toMatchObject({ problem: null, offences: [] })
    const metrics = await metricsOf(partly)
    expect(metrics).not.toMatch(/souk_audit_offences\{check="I15"\}/)
    expect(metrics).toMatch(new RegExp(`^souk_audit_checks_unfinished ${unread.length}$`, 'm'))
  } finally {
    await partly.stop()
  }
})
