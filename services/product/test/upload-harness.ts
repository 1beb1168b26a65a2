import type { Principal } from '@souk/kernel/principal'
import { person } from '@souk/testing/service-harness'
import { expect } from 'vitest'
import { Image, type Product } from '../src/contract.ts'
import { type ProductHarness, startProductHarness, variant } from './harness.ts'

export type Upload = { query?: Record<string, string>; actor?: Principal; headers?: Record<string, string> }

export type MediaHarness = ProductHarness & {
  /** In the colours oat and rust; uploads go here unless a query names another. */
  picturedProduct: Product
  upload(body: Buffer, options?: Upload): Promise<Response>
  /** An upload that must succeed. */
  uploaded(body: Buffer, options?: Upload): Promise<Image>
  fetchPicture(path: string, headers?: Record<string, string>): Promise<Response>
}

export async function startMediaHarness(): Promise<MediaHarness> {
  const shop = await startProductHarness()
  const staff = person('staff')
  const picturedProduct = await shop.product({
    variants: [variant({ colour: 'Oat' }), variant({ colour: 'Rust' })],
  })
  const upload = async (body: Buffer, { query = {}, actor = staff, headers = {} }: Upload = {}) => {
    const asked = new URLSearchParams({ productId: picturedProduct.id, ...query })
    return await fetch(`${shop.service.running.url}/images?${asked}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await shop.service.tokenFor(actor)}`, ...headers },
      body: new Uint8Array(body),
    })
  }
  return {
    ...shop,
    picturedProduct,
    upload,
    uploaded: async (body, options) => {
      const response = await upload(body, options)
      expect(response.status).toBe(201)
      return Image.parse(await response.json())
    },
    fetchPicture: async (path, headers = {}) =>
      await fetch(`${shop.service.running.url}/media/${path}`, { headers }),
  }
}
