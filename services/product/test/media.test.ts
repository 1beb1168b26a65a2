import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { serviceTokenMinter } from '@souk/auth/service-token'
import { newId } from '@souk/kernel/id'
import type { Principal } from '@souk/kernel/principal'
import { nobody, person, serviceActor } from '@souk/testing/service-harness'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Image, imageWidths, maxUploadBytes, type Product } from '../src/contract.ts'
import { type ProductHarness, refusal, startProductHarness, variant } from './harness.ts'
import { flatPng, picture, withLocation } from './pictures.ts'

let shop: ProductHarness
let product: Product
const staff = person('staff')
beforeAll(async () => {
  shop = await startProductHarness()
  product = await shop.product({ variants: [variant({ colour: 'Oat' }), variant({ colour: 'Rust' })] })
})
afterAll(async () => await shop.stop())

type Upload = { query?: Record<string, string>; actor?: Principal; headers?: Record<string, string> }

async function upload(body: Buffer | string, { query = {}, actor = staff, headers = {} }: Upload = {}) {
  const asked = new URLSearchParams({ productId: product.id, ...query })
  return await fetch(`${shop.service.running.url}/images?${asked}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await shop.service.tokenFor(actor)}`, ...headers },
    body: new Uint8Array(Buffer.from(body)),
  })
}

async function uploaded(body: Buffer, options: Upload = {}) {
  const response = await upload(body, options)
  expect(response.status).toBe(201)
  return Image.parse(await response.json())
}

const fetchPicture = async (path: string, headers: Record<string, string> = {}) =>
  await fetch(`${shop.service.running.url}/media/${path}`, { headers })

describe('an uploaded picture', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('may be %s and is served as WebP', async (format) => {
    const image = await uploaded(await picture(format, 64, 48))
    expect(image).toMatchObject({ width: 64, height: 48, colour: null, alt: product.name })
    expect(image.url).toBe(`http://shop.test/media/${image.id}/720.webp`)
    const response = await fetchPicture(`${image.id}/720.webp`)
    expect(response.status).toBe(200)
    expect(await sharp(Buffer.from(await response.arrayBuffer())).metadata()).toMatchObject({
      format: 'webp',
      width: 64,
    })
  })

  it('loses its metadata and everything above 1600 pixels', async () => {
    const image = await uploaded(await withLocation(2400, 1200))
    const [row] = await shop.service.sql<{ bytes: Buffer }>(
      'select bytes from image_original where image_id = $1',
      [image.id],
    )
    const { width, height, exif, xmp, icc } = await sharp(row?.bytes).metadata()
    expect({ width, height, exif, xmp, icc }).toEqual({ width: 1600, height: 800 })
    expect(row?.bytes.toString('latin1')).not.toContain('canary')
    expect(image).toMatchObject({ width: 720, height: 360 })
  })

  it('may have 50 megapixels', async () => {
    expect(await uploaded(flatPng(10_000, 5_000))).toMatchObject({ width: 720, height: 360 })
  })

  it('joins its product, after the others, as an edit that is announced', async () => {
    const own = await shop.product({ variants: [variant({ colour: 'Oat' })] })
    const png = await picture('png')
    const first = await uploaded(png, { query: { productId: own.id, colour: 'oat', alt: 'A bowl' } })
    const second = await uploaded(png, { query: { productId: own.id } })
    const edited = await shop.staff.product.get.query({ idOrSlug: own.id })
    expect(edited.images).toEqual([first, second])
    expect(first).toMatchObject({ colour: 'oat', alt: 'A bowl' })
    expect(edited.version).toBe(3)
    const events = await shop.events(own.id)
    expect(events.map((event) => event.name)).toEqual([
      'product.created',
      'product.updated',
      'product.updated',
    ])
    expect(events.at(-1)?.payload).toMatchObject({ addedVariants: [], removedSkus: [] })
  })

  it('sent twice with one key is one picture', async () => {
    const own = await shop.product()
    const png = await picture('png')
    const options = { query: { productId: own.id }, headers: { 'idempotency-key': newId() } }
    expect(await uploaded(png, options)).toEqual(await uploaded(png, options))
    expect((await shop.staff.product.get.query({ idOrSlug: own.id })).images).toHaveLength(1)
    expect((await upload(await picture('png', 9, 9), options)).status).toBe(422)
  })

  it('is put in order, described and removed by an edit, and goes on being served to old links', async () => {
    const own = await shop.product({ variants: [variant({ colour: 'Oat' })] })
    const png = await picture('png')
    const [a, b, c] = [
      await uploaded(png, { query: { productId: own.id } }),
      await uploaded(png, { query: { productId: own.id } }),
      await uploaded(png, { query: { productId: own.id } }),
    ]
    const images = [
      { id: c.id, alt: 'From above', colour: 'oat' },
      { id: a.id, alt: '', colour: null },
    ]
    const edited = await shop.staff.product.update.mutate({ id: own.id, images })
    expect(edited.images.map(({ id, alt, colour }) => ({ id, alt, colour }))).toEqual(images)
    expect((await fetchPicture(`${b.id}/720.webp`)).status).toBe(200)
    const quote = await shop.service
      .as(serviceActor('order'))
      .product.quote.query({ skus: [own.variants[0]?.sku ?? ''] })
    expect(quote.variants[0]?.imageUrl).toBe(c.url)
    const recoloured = await shop.staff.product.update.mutate({
      id: own.id,
      variants: [{ sku: own.variants[0]?.sku ?? '', options: { colour: 'Rust' } }],
    })
    expect(recoloured.images.map((image) => image.colour)).toEqual([null, null])
  })
})

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
        const response = await upload(body, { headers: { 'content-type': type } })
        expect(response.status).toBe(400)
        const { error } = (await response.json()) as { error: { message: string; data: { code: string } } }
        expect(error.data.code).toBe('INVALID_INPUT')
        expect(error.message).toMatch(/picture|empty/)
      }
      expect(await shop.fingerprint()).toBe(before)
    },
  )

  it('more than 10 MB is refused by its size', async () => {
    const response = await upload(Buffer.concat([await picture('jpeg'), Buffer.alloc(maxUploadBytes)]))
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
    const response = await upload(await picture('png'), { query })
    expect(response.status).toBe(status)
    expect(await shop.fingerprint()).toBe(before)
  })
})

describe('who may upload', () => {
  it('is staff with a token for this service', async () => {
    const png = await picture('png')
    const before = await shop.fingerprint()
    expect((await upload(png, { actor: nobody })).status).toBe(401)
    expect((await upload(png, { actor: person('customer') })).status).toBe(403)
    expect((await upload(png, { actor: serviceActor('order') })).status).toBe(403)
    expect((await upload(png, { headers: { authorization: 'Bearer forged' } })).status).toBe(401)
    const elsewhere = await serviceTokenMinter('gateway', shop.service.env.SERVICE_TOKEN_SECRET)(
      'order',
      staff,
    )
    expect((await upload(png, { headers: { authorization: `Bearer ${elsewhere}` } })).status).toBe(401)
    expect(await shop.fingerprint()).toBe(before)
  })

  it('is decided before the body is read', async () => {
    const { hostname, port } = new URL(shop.service.running.url)
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const path = `/images?productId=${product.id}`
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

describe('a served picture', () => {
  it('may be kept for ever, is named by its bytes, and is not sent twice', async () => {
    const image = await uploaded(await picture('png', 800, 600))
    for (const width of imageWidths) {
      const response = await fetchPicture(`${image.id}/${width}.webp`)
      expect(response.status).toBe(200)
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-disposition': 'inline',
        etag: expect.stringMatching(/^"[\w-]{20,}"$/),
      })
      const bytes = Buffer.from(await response.arrayBuffer())
      expect((await sharp(bytes).metadata()).width).toBe(Math.min(width, 800))
      const etag = response.headers.get('etag') ?? ''
      for (const known of [etag, `"other", W/${etag}`, '*']) {
        const again = await fetchPicture(`${image.id}/${width}.webp`, { 'if-none-match': known })
        expect(again.status).toBe(304)
        expect(await again.text()).toBe('')
      }
      expect((await fetchPicture(`${image.id}/${width}.webp`, { 'if-none-match': '"other"' })).status).toBe(
        200,
      )
    }
  })

  it('is drawn once in each narrower width, and the same to all who ask at once', async () => {
    const image = await uploaded(await picture('png', 800, 600))
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () =>
        (await fetchPicture(`${image.id}/160.webp`)).headers.get('etag'),
      ),
    )
    expect(new Set(answers).size).toBe(1)
    const rows = await shop.service.sql<{ width: number }>(
      'select width from image_rendition where image_id = $1',
      [image.id],
    )
    expect(rows).toEqual([{ width: 160 }])
  })

  it('outlives its product, for the orders and mails that show it', async () => {
    const own = await shop.product()
    const image = await uploaded(await picture('png'), { query: { productId: own.id } })
    await shop.staff.product.remove.mutate({ id: own.id })
    expect((await fetchPicture(`${image.id}/320.webp`)).status).toBe(200)
  })

  it('that is not there, or in no width we have, is 404 and not kept', async () => {
    const image = await uploaded(await picture('png'))
    const missing = [
      `${newId()}/720.webp`,
      `${image.id}/721.webp`,
      `${image.id}/720.png`,
      `${image.id}/-1.webp`,
      `${image.id}/99999999999.webp`,
      `${image.id}/0720.webp`,
      'x/720.webp',
      `${image.id}/..%2f720.webp`,
      `%2e%2e/720.webp`,
    ]
    for (const path of missing) {
      const response = await fetchPicture(path)
      expect(response.status, path).toBe(404)
      expect(response.headers.get('cache-control') ?? 'no-store').toBe('no-store')
    }
  })
})

it('a product has sixty pictures at most', async () => {
  const own = await shop.product()
  await shop.service.sql(
    `insert into image (id, product_id, alt, width, height, position)
     select gen_random_uuid(), $1, '', 1, 1, n from generate_series(1, 60) n`,
    [own.id],
  )
  const response = await upload(await picture('png'), { query: { productId: own.id } })
  expect(response.status).toBe(409)
  const edit = shop.staff.product.update.mutate({ id: own.id, images: [] })
  await expect(edit).resolves.toMatchObject({ images: [] })
  expect(
    await refusal(shop.staff.product.update.mutate({ id: own.id, images: 'all' as never })),
  ).toMatchObject({
    paths: ['images'],
  })
})
