import { isPublicRead } from '@souk/api/public-reads'
import { canonicalJson } from '@souk/kernel/canonical'

/** A public read: what its answer is kept under, and whether it lists products or shows single ones. */
export type PublicRead = { key: string; kind: 'list' | 'detail' }

/** Above this an address is too odd to be worth keeping. */
const maxUrlLength = 2048
const maxBatch = 10

/** Tells which GET addresses have one answer for everybody. Two spellings of one question share a key. */
export function matchPublicRead(url: string): PublicRead | undefined {
  if (url.length > maxUrlLength) return undefined
  if (url.startsWith('/trpc/product.')) return matchTrpc(url)
  if (url.startsWith('/api/v1/products') || url.startsWith('/api/v1/categories')) return matchRest(url)
  return undefined
}

function matchRest(url: string): PublicRead | undefined {
  const [path = '', query = '', ...rest] = url.split('?')
  if (rest.length > 0) return undefined
  const detail = /^\/api\/v1\/products\/([A-Za-z0-9-]{1,80})$/.test(path)
  if (!detail && path !== '/api/v1/products' && path !== '/api/v1/categories') return undefined
  const search = new URLSearchParams(query)
  search.sort()
  return { key: `${path}?${search}`, kind: detail ? 'detail' : 'list' }
}

function matchTrpc(url: string): PublicRead | undefined {
  const [path = '', query = '', ...rest] = url.slice('/trpc/'.length).split('?')
  const calls = path.split(',')
  if (rest.length > 0 || calls.length > maxBatch || !calls.every(isPublicRead)) return undefined
  const search = new URLSearchParams(query)
  const names = [...search.keys()]
  if (names.some((name) => name !== 'batch' && name !== 'input') || names.length > 2) return undefined
  const input = readInput(search.get('input'))
  if (input === undefined) return undefined
  const isDetail = calls.every((call) => call === 'product.get')
  return { key: `${path}?${search.get('batch') ?? ''}&${input}`, kind: isDetail ? 'detail' : 'list' }
}

/** One text for one input; nothing for what tRPC will refuse. */
function readInput(text: string | null): string | undefined {
  if (text === null) return ''
  try {
    return canonicalJson(JSON.parse(text))
  } catch {
    return undefined
  }
}
