import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export const encodings = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof encodings)[number]
export type Encoded = { body: Buffer; etag: string }

const compressGzip = promisify(gzip)
const compressBrotli = promisify(brotliCompress)
/** Below this, compression costs more bytes of headers than it saves. */
const worthwhileBytes = 300

/** The same bytes three ways, each with a strong validator of its own. */
export async function encodeAll(body: Buffer): Promise<Record<Encoding, Encoded>> {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 27)
  const identity = { body, etag: `"${hash}"` }
  if (body.length < worthwhileBytes) return { identity, gzip: identity, br: identity }
  const [zipped, brotli] = await Promise.all([
    compressGzip(body, { level: 6 }),
    compressBrotli(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  ])
  return {
    identity,
    gzip: { body: zipped, etag: `"${hash}-gzip"` },
    br: { body: brotli, etag: `"${hash}-br"` },
  }
}

const known = new Map<string, Encoding>()

/** The smallest encoding that the caller accepts. The same few headers come again and again. */
export function chooseEncoding(accept: string | undefined): Encoding {
  if (accept === undefined) return 'identity'
  const remembered = known.get(accept)
  if (remembered) return remembered
  const chosen = readAccept(accept)
  if (known.size > 200) known.clear()
  known.set(accept, chosen)
  return chosen
}

function readAccept(accept: string): Encoding {
  const accepted = new Set<string>()
  const refused = new Set<string>()
  for (const part of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim())
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2)
    if (quality !== undefined && Number(quality) === 0) refused.add(name)
    else accepted.add(name)
  }
  const isAccepted = (name: string) => !refused.has(name) && (accepted.has(name) || accepted.has('*'))
  return isAccepted('br') ? 'br' : isAccepted('gzip') ? 'gzip' : 'identity'
}
