import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '@souk/service/log'
import { counter, gauge } from '@souk/service/metrics'
import type { Cors } from '../edge/cors.ts'
import { requestIdOf } from '../edge/request-id.ts'
import { type Loaded, readyFrom, relay, sendReady } from './answer.ts'
import { matchPublicRead, type PublicRead } from './match.ts'
import { createStore, type Ready } from './store.ts'
import { tagsOf } from './tags.ts'

const maxBytes = 64 * 1024 * 1024
/** Events drop what changed at once; these bound what a lost event could do. */
const freshMs = 15_000
const staleMs = 60_000
/** How long a failed refresh keeps the old answer before it is tried again. */
const retryMs = 1000
const maxAliases = 5000

const served = counter('souk_ready_bytes_total', 'Public reads by how they were answered.', ['outcome'])
const hits = served.labels('hit')
const misses = served.labels('miss')
const stales = served.labels('stale')
const kept = gauge('souk_ready_bytes_kept', 'Bytes of answers kept ready.')

export type ReadyBytes = {
  /** True when this request is answered here. Runs before anything else sees it. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  drop(tags: readonly string[]): void
  dropAll(): void
}

/**
 * Public reads answered from bytes that are ready to send. Many readers of one missing answer wait for
 * one loading; an answer past its time is sent once more while it is loaded anew; what an event touched
 * is gone at once, and a loading that began before the event is not kept.
 */
export function createReadyBytes(options: {
  load: (url: string, requestId: string) => Promise<Loaded>
  cors: Cors
  log: Log
  now?: () => number
}): ReadyBytes {
  const { load, cors, log, now = Date.now } = options
  const store = createStore(maxBytes)
  const aliases = new Map<string, PublicRead | null>()
  const flights = new Map<string, Promise<Ready | Loaded>>()
  let generation = 0

  function readOf(url: string): PublicRead | null {
    const known = aliases.get(url)
    if (known !== undefined) return known
    if (aliases.size >= maxAliases) aliases.clear()
    const read = matchPublicRead(url) ?? null
    aliases.set(url, read)
    return read
  }

  function fly(read: PublicRead, url: string, requestId: string): Promise<Ready | Loaded> {
    const underWay = flights.get(read.key)
    if (underWay !== undefined) return underWay
    const flight = loadAndKeep(read, url, requestId).finally(() => {
      if (flights.get(read.key) === flight) flights.delete(read.key)
    })
    flights.set(read.key, flight)
    return flight
  }

  async function loadAndKeep(read: PublicRead, url: string, requestId: string): Promise<Ready | Loaded> {
    const begunIn = generation
    const loaded = await load(url, requestId)
    if (loaded.status !== 200) return loaded
    const at = now()
    const fresh = freshMs * (0.8 + Math.random() * 0.4)
    const ready = await readyFrom(loaded, tagsOf(read.kind, loaded.body), at + fresh, at + fresh + staleMs)
    if (begunIn === generation) {
      store.set(read.key, ready)
      kept.set(store.size().bytes)
    }
    return ready
  }

  /** The reader has an answer already; a failure only means that the next one tries again. */
  function refresh(read: PublicRead, url: string, stale: Ready): void {
    stale.freshUntil = now() + retryMs
    fly(read, url, requestIdOf(undefined)).catch((error: unknown) => {
      log.warn({ err: error }, 'a kept answer could not be renewed')
    })
  }

  async function answerMiss(read: PublicRead, request: IncomingMessage, response: ServerResponse) {
    const requestId = requestIdOf(request.headers['x-request-id'])
    const found = await fly(read, request.url ?? '/', requestId)
    if (response.destroyed) return
    if ('encoded' in found) sendReady(found, request, response, cors, requestId)
    else relay(found, request, response, cors)
  }

  function dropEverythingUnderWay(): void {
    generation += 1
    flights.clear()
  }

  return {
    handle: (request, response) => {
      const { url = '/', method } = request
      if (method !== 'GET' && !(method === 'HEAD' && url.startsWith('/api/'))) return false
      if (!url.startsWith('/api/v1/') && !url.startsWith('/trpc/product.')) return false
      const read = readOf(url)
      // A streamed batch has another shape.
      if (!read || request.headers['trpc-accept'] !== undefined) return false
      const entry = store.get(read.key)
      const at = now()
      if (entry && at < entry.staleUntil) {
        if (at >= entry.freshUntil) {
          stales.inc()
          refresh(read, url, entry)
        } else hits.inc()
        sendReady(entry, request, response, cors, requestIdOf(request.headers['x-request-id']))
        return true
      }
      misses.inc()
      answerMiss(read, request, response).catch((error: unknown) => {
        log.error({ err: error }, 'a public read failed')
        response.destroy()
      })
      return true
    },
    drop: (tags) => {
      if (tags.length === 0) return
      dropEverythingUnderWay()
      store.drop(tags)
    },
    dropAll: () => {
      dropEverythingUnderWay()
      store.clear()
    },
  }
}
