import { createLog } from '@souk/service/log'
import { createHttpServer } from '@souk/service/serve'
import { Agent } from 'undici'
import { expect, test } from 'vitest'

test('a server stops soon after the last request, though its caller keeps the connection', async () => {
  const log = createLog({ service: 'test', instance: '0', level: 'silent' })
  const server = createHttpServer({ log, ready: {} })
  let finish = () => {}
  const isReached = new Promise<void>((reached) => {
    server.app.get('/slow', async () => {
      const done = new Promise<void>((resolve) => {
        finish = resolve
      })
      reached()
      await done
      return { status: 'ok' }
    })
  })
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 })
  const agent = new Agent({ connections: 1, keepAliveTimeout: 600_000 })
  const answer = agent.request({ origin: `http://127.0.0.1:${port}`, path: '/slow', method: 'GET' })
  await isReached
  const stopped = server.stop()
  finish()
  expect((await (await answer).body.json()) as unknown).toEqual({ status: 'ok' })
  const answeredAt = Date.now()
  await stopped
  expect(Date.now() - answeredAt).toBeLessThan(5000)
  await agent.close()
})
