import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { serviceTokenMinter } from '@souk/auth/service-token'
import { newId } from '@souk/kernel/id'
import { nobody, person, serviceActor } from '@souk/testing/service-harness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maxUploadBytes } from '../src/contract.ts'
import { flatPng, picture } from './pictures.ts'
import { type MediaHarness, startMediaHarness } from './upload-harness.ts'

let shop: MediaHarness
beforeAll(async () => {
  shop = await startMediaHarness()
})
afterAll(async () => await shop.stop())

const staff = person('staff')

describe('what is not a picture', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const bodies: [string, () => Promise<Buffer> | Buffer][] = [
    ['nothing', () => Buffer.alloc(0)],
    ['a drawing', () => Buffer.from(svg)],
    ['a drawing with a declaration', () => Buffer.from(`<?xml version="1.0"?>${svg}`)],
    ['a page', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['noise', () => randomBytes(5000)],
    ['a moving picture', async () => await picture('gif')],
    ['a TIFF', async () => await picture('tiff')],
    ['a name and no body', () => Buffer.from([0xff, 0xd8, 0xff])],
    [
      'a JPEG start with a page behind it',
      () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(svg)]),
    ],
    ['a picture with a page behind it', async () => Buffer.concat([await picture('jpeg'), Buffer.from(svg)])],
    [
      'a picture that is an archive too',
      async () => Buffer.concat([await picture('png'), Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1')]),
    ],
    ['half a picture', async () => (await picture('png', 400, 400)).subarray(0, 300)],
    ['3600 megapixels in a few bytes', () => flatPng(60_000, 60_000, 100)],
    ['51 megapixels', () => flatPng(10_000, 5_100)],
  ]

  it.each(bodies)(
    '%s is refused with a sentence, whatever type it claims, and writes nothing',
    async (_what, make) => {
      const body = await make()
      const before = await shop.fingerprint()
      for (const type of ['image/jpeg', 'application/json', 'text/html']) {
        const response = await shop.upload(body, { headers: { 'content-type': type } })
        expect(response.status).toBe(400)
        const { error } = (await response.json()) as { error: { message: string; data: { code: string } } }
        expect(error.data.code).toBe('INVALID_INPUT')
        expect(error.message).toMatch(/picture|empty/)
      }
      expect(await shop.fingerprint()).toBe(before)
    },
  )

  it('more than 10 MB is refused by its size', async () => {
    const response = await shop.upload(Buffer.concat([await picture('jpeg'), Buffer.alloc(maxUploadBytes)]))
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ error: { data: { reason: 'too_large' } } })
  })

  it('large JSON is as refused by the router as before: the room for pictures is theirs alone', async () => {
    const response = await fetch(`${shop.service.running.url}/rpc/product.create`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await shop.service.tokenFor(staff)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'x'.repeat(2_000_000) }),
    })
    expect(response.status).toBe(413)
  })
})

describe('an upload with a wrong question', () => {
  it.each<[string, Record<string, string>, number]>([
    ['an unknown product', { productId: newId() }, 404],
    ['an id that is none', { productId: "1' or true" }, 400],
    ['a colour it does not come in', { colour: 'ink' }, 400],
    ['a colour that is no slug', { colour: '../x' }, 400],
    ['a description of 10 kB', { alt: 'x'.repeat(10_240) }, 400],
    ['NUL in the description', { alt: 'a\u0000b' }, 400],
    ['an extra field', { path: '/etc/passwd' }, 400],
  ])('about %s is refused', async (_what, query, status) => {
    const before = await shop.fingerprint()
    const response = await shop.upload(await picture('png'), { query })
    expect(response.status).toBe(status)
    expect(await shop.fingerprint()).toBe(before)
  })
})

describe('who may upload', () => {
  it('is staff with a token for this service', async () => {
    const png = await picture('png')
    const before = await shop.fingerprint()
    expect((await shop.upload(png, { actor: nobody })).status).toBe(401)
    expect((await shop.upload(png, { actor: person('customer') })).status).toBe(403)
    expect((await shop.upload(png, { actor: serviceActor('order') })).status).toBe(403)
    expect((await shop.upload(png, { headers: { authorization: 'Bearer forged' } })).status).toBe(401)
    const elsewhere = await serviceTokenMinter('gateway', shop.service.env.SERVICE_TOKEN_SECRET)(
      'order',
      staff,
    )
    expect((await shop.upload(png, { headers: { authorization: `Bearer ${elsewhere}` } })).status).toBe(401)
    expect(await shop.fingerprint()).toBe(before)
  })

  it('is decided before the body is read', async () => {
    const { hostname, port } = new URL(shop.service.running.url)
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const path = `/images?productId=${shop.picturedProduct.id}`
      const headers = { 'content-length': String(9 * 1024 * 1024), 'content-type': 'image/png' }
      const call = request({ hostname, port, path, method: 'POST', headers }, (answer) => {
        resolve(answer.statusCode)
        call.destroy()
      })
      call.on('error', reject)
      call.write('only the beginning')
    })
    expect(status).toBe(401)
  })
})
