import { createServer, connect as dial, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../src/connect.ts'
import { classifyDbError } from '../src/errors.ts'

const serverUrl = new URL(process.env.SOUK_TEST_DATABASE_URL ?? '')

/** What lies between us and the server: it passes everything on until it is told to swallow it. */
async function openLine() {
  let isDead = false
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = dial(Number(serverUrl.port || 5432), serverUrl.hostname)
    // A new connection is answered: the server is there again, its old connections are not.
    const isOld = () => isDead && !fresh.has(near)
    if (isDead) fresh.add(near)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => void (isOld() || to.write(chunk)))
      from.on('error', () => {})
      from.on('close', () => void (isOld() || to.destroy()))
    }
  })
  const fresh = new Set<Socket>()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = new URL(serverUrl)
  url.host = `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
  return {
    url: url.href,
    die: () => {
      isDead = true
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

let line: Awaited<ReturnType<typeof openLine>>
let db: Database<{ $disconnect(): Promise<void> }>
beforeAll(async () => {
  line = await openLine()
  db = connect({ url: line.url, applicationName: 'silence-test', maxConnections: 2 }, () => ({
    $disconnect: async () => {},
  }))
})
afterAll(async () => {
  await db.close()
  line.close()
})

const outcomeOf = async (work: Promise<unknown>) =>
  await work.then(
    () => 'answered',
    (error: unknown) => classifyDbError(error).kind,
  )

test('F16 a server that has fallen silent is given up within seconds, in and out of transactions, and its connections with it', async () => {
  await Promise.all([db.ping(), db.ping()])
  const inTransaction = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const transaction = outcomeOf(
    db.transaction(async (tx) => {
      await tx.query('select 1')
      inTransaction.resolve()
      await goOn.promise
      await tx.query('select 2')
    }),
  )
  await inTransaction.promise
  line.die()
  goOn.resolve()
  const began = Date.now()
  expect(await Promise.all([transaction, outcomeOf(db.ping())])).toEqual(['unavailable', 'unavailable'])
  expect(Date.now() - began).toBeLessThan(10_000)
  // Both connections of the pool were dead: new ones are made.
  expect(await Promise.all([outcomeOf(db.ping()), outcomeOf(db.ping())])).toEqual(['answered', 'answered'])
})
