import { newId } from '@souk/kernel/id'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { imageWidths } from '../src/contract.ts'
import { picture } from './pictures.ts'
import { type MediaHarness, startMediaHarness } from './upload-harness.ts'

let shop: MediaHarness
beforeAll(async () => {
  shop = await startMediaHarness()
})
afterAll(async () => await shop.stop())

describe('a served picture', () => {
  it('may be kept for ever, is named by its bytes, and is not sent twice', async () => {
    const image = await shop.uploaded(await picture('png', 800, 600))
    for (const width of imageWidths) {
      const response = await shop.fetchPicture(`${image.id}/${width}.webp`)
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
        const again = await shop.fetchPicture(`${image.id}/${width}.webp`, { 'if-none-match': known })
        expect(again.status).toBe(304)
        expect(await again.text()).toBe('')
      }
      expect(
        (await shop.fetchPicture(`${image.id}/${width}.webp`, { 'if-none-match': '"other"' })).status,
      ).toBe(200)
    }
  })

  it('is drawn once in each narrower width, and the same to all who ask at once', async () => {
    const image = await shop.uploaded(await picture('png', 800, 600))
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () =>
        (await shop.fetchPicture(`${image.id}/160.webp`)).headers.get('etag'),
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
    const image = await shop.uploaded(await picture('png'), { query: { productId: own.id } })
    await shop.staff.product.remove.mutate({ id: own.id })
    expect((await shop.fetchPicture(`${image.id}/320.webp`)).status).toBe(200)
  })

  it('that is not there, or in no width we have, is 404 and not kept', async () => {
    const image = await shop.uploaded(await picture('png'))
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
      const response = await shop.fetchPicture(path)
      expect(response.status, path).toBe(404)
      expect(response.headers.get('cache-control') ?? 'no-store').toBe('no-store')
    }
  })
})
