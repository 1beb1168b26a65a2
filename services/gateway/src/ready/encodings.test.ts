import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { chooseEncoding, encodeAll } from './encodings.ts'

describe('choosing an encoding', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0.5, br;q=0.1', 'br'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['GZIP', 'gzip'],
    ['identity', 'identity'],
  ] as const)('%s is answered as %s', (accept, expected) => {
    expect(chooseEncoding(accept)).toBe(expected)
  })
})

describe('encoding', () => {
  it('keeps the same bytes three ways under three validators', async () => {
    const body = Buffer.from(JSON.stringify({ text: 'mug '.repeat(500) }))
    const { identity, gzip, br } = await encodeAll(body)
    expect(gunzipSync(gzip.body)).toEqual(body)
    expect(brotliDecompressSync(br.body)).toEqual(body)
    expect(new Set([identity.etag, gzip.etag, br.etag]).size).toBe(3)
    expect(br.body.length).toBeLessThan(body.length / 10)
  })

  it('gives other bytes another validator', async () => {
    const [first, second] = await Promise.all([encodeAll(Buffer.from('a')), encodeAll(Buffer.from('b'))])
    expect(first.identity.etag).not.toBe(second.identity.etag)
  })
})
