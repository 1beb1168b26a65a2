import { AppError, notFound } from '@souk/kernel/errors'
import { anonymous } from '@souk/kernel/principal'
import type { FastifyInstance } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { RawNeighbour } from '../neighbours/raw.ts'

type Picture = { bytes: Buffer; etag: string; type: string }

const maxBytes = 64 * 1024 * 1024
const timeoutMs = 7000
const name = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\/\d{2,4}\.webp$/
const forever = 'public, max-age=31536000, immutable'

/** Pictures never change under their address, so the bytes stay in memory for as long as there is room. */
export function serveMedia(app: FastifyInstance, product: RawNeighbour): void {
  const pictures = new LRUCache<string, Picture>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => bytes.length + 500,
    // Many readers of one picture that is not here yet wait for one reading.
    fetchMethod: async (key) => await load(product, key),
  })
  app.get<{ Params: { id: string; file: string } }>('/media/:id/:file', async (request, reply) => {
    const key = `${request.params.id}/${request.params.file}`
    if (!name.test(key)) throw notFound('picture')
    const picture = await pictures.fetch(key)
    if (!picture) throw notFound('picture')
    void reply
      .header('cache-control', forever)
      .header('etag', picture.etag)
      // Other sites may show a picture of the shop; there is nothing else to read here.
      .header('cross-origin-resource-policy', 'cross-origin')
    if (request.headers['if-none-match'] === picture.etag) return await reply.code(304).send()
    return await reply.type(picture.type).send(picture.bytes)
  })
}

async function load(product: RawNeighbour, key: string): Promise<Picture | undefined> {
  const answer = await product({ method: 'GET', path: `/media/${key}`, actor: anonymous, timeoutMs })
  if (answer.status >= 500) throw new AppError('UNAVAILABLE', 'Pictures cannot be shown at the moment.')
  if (answer.status !== 200) return undefined
  return {
    bytes: answer.body,
    etag: answer.headers.etag ?? `"${key}"`,
    type: answer.headers['content-type'] ?? 'image/webp',
  }
}
