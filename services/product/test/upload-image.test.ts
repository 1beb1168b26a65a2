import { newId } from '@souk/kernel/id'
import { serviceActor } from '@souk/testing/service-harness'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, variant } from './harness.ts'
import { flatPng, picture, withLocation } from './pictures.ts'
import { type MediaHarness, startMediaHarness } from './upload-harness.ts'

let shop: MediaHarness
beforeAll(async () => {
  shop = await startMediaHarness()
})
afterAll(async () => await shop.stop())

describe('an uploaded picture', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('may be %s and is served as WebP', async (format) => {
    const image = await shop.uploaded(await picture(format, 64, 48))
    expect(image).toMatchObject({ width: 64, height: 48, colour: null, alt: shop.picturedProduct.name })
    expect(image.url).toBe(`http://shop.test/media/${image.id}/720.webp`)
    const response = await shop.fetchPicture(`${image.id}/720.webp`)
    expect(response.status).toBe(200)
    expect(await sharp(Buffer.from(await response.arrayBuffer())).metadata()).toMatchObject({
      format: 'webp',
      width: 64,
    })
  })

  it('loses its metadata and everything above 1600 pixels', async () => {
    const image = await shop.uploaded(await withLocation(2400, 1200))
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
    expect(await shop.uploaded(flatPng(10_000, 5_000))).toMatchObject({ width: 720, height: 360 })
  })

  it('joins its product, after the others, as an edit that is announced', async () => {
    const own = await shop.product({ variants: [variant({ colour: 'Oat' })] })
    const png = await picture('png')
    const first = await shop.uploaded(png, { query: { productId: own.id, colour: 'oat', alt: 'A bowl' } })
    const second = await shop.uploaded(png, { query: { productId: own.id } })
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
    expect(await shop.uploaded(png, options)).toEqual(await shop.uploaded(png, options))
    expect((await shop.staff.product.get.query({ idOrSlug: own.id })).images).toHaveLength(1)
    expect((await shop.upload(await picture('png', 9, 9), options)).status).toBe(422)
  })

  it('is put in order, described and removed by an edit, and goes on being served to old links', async () => {
    const own = await shop.product({ variants: [variant({ colour: 'Oat' })] })
    const png = await picture('png')
    const [a, b, c] = [
      await shop.uploaded(png, { query: { productId: own.id } }),
      await shop.uploaded(png, { query: { productId: own.id } }),
      await shop.uploaded(png, { query: { productId: own.id } }),
    ]
    const images = [
      { id: c.id, alt: 'From above', colour: 'oat' },
      { id: a.id, alt: '', colour: null },
    ]
    const edited = await shop.staff.product.update.mutate({ id: own.id, images })
    expect(edited.images.map(({ id, alt, colour }) => ({ id, alt, colour }))).toEqual(images)
    expect((await shop.fetchPicture(`${b.id}/720.webp`)).status).toBe(200)
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

it('a product has sixty pictures at most', async () => {
  const own = await shop.product()
  await shop.service.sql(
    `insert into image (id, product_id, alt, width, height, position)
     select gen_random_uuid(), $1, '', 1, 1, n from generate_series(1, 60) n`,
    [own.id],
  )
  const response = await shop.upload(await picture('png'), { query: { productId: own.id } })
  expect(response.status).toBe(409)
  const edit = shop.staff.product.update.mutate({ id: own.id, images: [] })
  await expect(edit).resolves.toMatchObject({ images: [] })
  expect(
    await refusal(shop.staff.product.update.mutate({ id: own.id, images: 'all' as never })),
  ).toMatchObject({
    paths: ['images'],
  })
})
