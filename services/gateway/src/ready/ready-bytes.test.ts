import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLog } from '@souk/service/log'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createCors } from '../edge/cors.ts'
import type { Loaded } from './answer.ts'
import { createReadyBytes, type ReadyBytes } from './ready-bytes.ts'

const log = createLog({ service: 'test', instance: '0', level: 'silent' })
let now = 0
let ready: ReadyBytes
let server: Server
let loaded: string[] = []
let answer: () => Promise<Loaded>

beforeEach(async () => {
  now = 1_000_000
  loaded = []
  let count = 0
  answer = async () => ok(`{"count":${++count}}`)
  ready = createReadyBytes({
    log,
    cors: createCors(['http://shop.example']),
    now: () => now,
    load: async (url) => {
      loaded.push(url)
      return await answer()
    },
  })
  server = createServer((request, response) => {
    if (!ready.handle(request, response)) response.writeHead(418).end('passed on')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => server.close())

const ok = (text: string): Loaded => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: Buffer.from(text),
})
const list = '/api/v1/products'
async function get(path = list, init?: RequestInit): Promise<Response> {
  return await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init)
}
const textOf = async (path = list) => await (await get(path)).text()

describe('time', () => {
  it('sends an old answer once more while it is loaded anew, once', async () => {
    expect(await textOf()).toBe('{"count":1}')
    now += 20_000
    let release: (() => void) | undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    answer = async () => {
      await held
      return ok('{"count":2}')
    }
    expect(await Promise.all([textOf(), textOf(), textOf()])).toEqual(Array(3).fill('{"count":1}'))
    release?.()
    await vi.waitFor(async () => expect(await textOf()).toBe('{"count":2}'))
    expect(loaded).toHaveLength(2)
  })

  it('never sends an answer from long ago', async () => {
    await textOf()
    now += 100_000
    expect(await textOf()).toBe('{"count":2}')
  })

  it('keeps an old answer while a new one cannot be had, and tries again every second', async () => {
    await textOf()
    now += 20_000
    answer = async () => ({ status: 503, headers: {}, body: Buffer.from('busy') })
    expect(await textOf()).toBe('{"count":1}')
    expect(await textOf()).toBe('{"count":1}')
    expect(loaded).toHaveLength(2)
    now += 1500
    await vi.waitFor(async () => {
      expect(await textOf()).toBe('{"count":1}')
      expect(loaded).toHaveLength(3)
    })
  })
})

describe('who is answered here', () => {
  it.each([
    ['POST', list],
    ['GET', '/api/v1/orders'],
    ['GET', '/api/v1/products/a/b'],
    ['GET', '/trpc/cart.get'],
    ['HEAD', '/trpc/product.categories'],
  ])('%s %s is passed on', async (method, path) => {
    expect((await get(path, { method })).status).toBe(418)
    expect(loaded).toEqual([])
  })

  it('a streamed batch is passed on', async () => {
    const path = '/trpc/product.categories?batch=1'
    expect((await get(path, { headers: { 'trpc-accept': 'application/jsonl' } })).status).toBe(418)
  })

  it('only pages of the shop may read the answer in a browser', async () => {
    const ours = await get(list, { headers: { origin: 'http://shop.example' } })
    expect(ours.headers.get('access-control-allow-origin')).toBe('http://shop.example')
    const theirs = await get(list, { headers: { origin: 'http://evil.example' } })
    expect(theirs.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('those who wait for a loading that breaks are let go, and the next one is answered', async () => {
    answer = async () => await Promise.reject(new Error('broken'))
    await expect(get()).rejects.toThrow()
    answer = async () => ok('{"count":"well"}')
    expect(await textOf()).toBe('{"count":"well"}')
  })
})
