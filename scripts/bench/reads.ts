import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import autocannon from 'autocannon'

export type ReadFigure = {
  name: string
  perSecond: number
  referencePerSecond: number
  ratio: number
  p99Ms: number
  bytes: number
}

const connections = 32
const seconds = 4
const rounds = 3

/**
 * A warm public read beside a bare server that sends the same bytes: both in turn, three rounds, and the
 * middle ratio, so that a slow moment of the machine hits both.
 */
export async function measureRead(name: string, url: string): Promise<ReadFigure> {
  const answer = await fetch(url)
  const body = await answer.text()
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  const reference = await startReference(body, answer.headers.get('content-type') ?? 'application/json')
  try {
    const figures = []
    for (let round = 0; round < rounds; round += 1) {
      const bare = await shoot(reference.url)
      const shop = await shoot(url)
      figures.push({
        perSecond: shop.perSecond,
        referencePerSecond: bare.perSecond,
        ratio: shop.perSecond / bare.perSecond,
        p99Ms: shop.p99Ms,
      })
    }
    figures.sort((a, b) => a.ratio - b.ratio)
    const middle = figures[Math.floor(rounds / 2)]
    if (!middle) throw new Error('No round was measured')
    return { name, bytes: Buffer.byteLength(body), ...middle }
  } finally {
    reference.stop()
  }
}

async function shoot(url: string): Promise<{ perSecond: number; p99Ms: number }> {
  const result = await autocannon({ url, connections, duration: seconds })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} bad answers, ${result.errors} errors`)
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 }
}

async function startReference(body: string, contentType: string): Promise<{ url: string; stop(): void }> {
  const child = fork(join(import.meta.dirname, 'reference-server.ts'))
  child.send({ body, contentType })
  const [message]: { port: number }[] = await once(child, 'message')
  return { url: `http://127.0.0.1:${message?.port}`, stop: () => child.disconnect() }
}
