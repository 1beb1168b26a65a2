import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openWire, type Wire } from './wire.ts'

let echo: Server
let wire: Wire
beforeAll(async () => {
  echo = createServer((socket) => {
    socket.on('error', () => {})
    socket.pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
})
afterAll(() => {
  echo.close()
})
beforeEach(async () => {
  wire = await openWire((echo.address() as AddressInfo).port)
})
afterEach(async () => await wire.close())

async function open(): Promise<Socket> {
  const socket = connect({ port: wire.port, host: '127.0.0.1' })
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** `once` would fail on the error that comes before. */
const closeOf = async (socket: Socket): Promise<void> =>
  await new Promise((resolve) => socket.once('close', () => resolve()))

async function say(socket: Socket, text: string): Promise<string> {
  let heard = ''
  socket.write(text)
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    heard += String(chunk)
    if (heard.length >= text.length) break
  }
  return heard
}

test('a whole wire passes bytes both ways', async () => {
  expect(await say(await open(), 'hello')).toBe('hello')
})

test('a slow wire keeps the order of bytes and makes them late', async () => {
  wire.set({ kind: 'slow', delayMs: 60 })
  const beganAt = Date.now()
  const socket = await open()
  socket.write('first ')
  expect(await say(socket, 'second')).toMatch(/^first /)
  expect(Date.now() - beganAt).toBeGreaterThanOrEqual(110)
})

test('a silent wire says nothing and ends nothing until it is made whole, which cuts what lost bytes', async () => {
  const socket = await open()
  await say(socket, 'hello')
  wire.set({ kind: 'silent' })
  const closed = closeOf(socket)
  socket.write('lost')
  const answered = await Promise.race([
    once(socket, 'data').then(() => true),
    new Promise((resolve) => setTimeout(resolve, 100, false)),
  ])
  expect(answered).toBe(false)
  expect(wire.count()).toBe(1)
  wire.set(undefined)
  await closed
  expect(await say(await open(), 'again')).toBe('again')
})

test('a torn wire ends a connection after so many bytes', async () => {
  const socket = await open()
  wire.set({ kind: 'torn', afterBytes: 3 })
  const closed = closeOf(socket)
  socket.write('hello')
  await closed
  expect(wire.count()).toBe(0)
})

test('a cut ends every connection, and a refusing wire takes no new one', async () => {
  const sockets = [await open(), await open()]
  await Promise.all(sockets.map(async (socket) => await say(socket, 'hello')))
  const closed = Promise.all(sockets.map(async (socket) => await closeOf(socket)))
  wire.cut()
  await closed
  wire.set({ kind: 'refusing' })
  const refused = await open().catch(() => undefined)
  if (refused && !refused.destroyed) await once(refused, 'close')
  expect(wire.count()).toBe(0)
})
