import { createHash } from 'node:crypto'
import { record, shopEvent } from '@souk/events/record'
import { AppError, notFound } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { ProductContext } from '../context.ts'
import type { Image, UploadImage } from '../contract.ts'
import { invalidField } from '../product/product.ts'
import { lockProduct, raiseVersion } from '../product/product-store.ts'
import { type StoredProduct, toImage } from '../product/stored-product.ts'
import { insertImage } from './media-store.ts'
import { preparePicture } from './picture.ts'

const maxImages = 60

export async function uploadImage(
  ctx: ProductContext,
  input: z.output<typeof UploadImage>,
  body: Buffer,
): Promise<Image> {
  const picture = await preparePicture(body)
  const sha256 = createHash('sha256').update(body).digest('base64url')
  const command = { operation: 'image.upload', principal: ctx.principal, input: { ...input, sha256 } }
  const image = await once(ctx.db, command, async (tx) => {
    const product = await lockProduct(tx, input.productId)
    if (!product) throw notFound('product')
    assertRoom(product, input.colour)
    const { alt, colour = null } = input
    const added = { id: newId(), alt: alt || product.name, colour }
    await insertImage(tx, { ...added, productId: product.id, picture })
    const version = await raiseVersion(tx, product.id)
    await record(tx, [
      shopEvent('product.updated', product.id, version, {
        productId: product.id,
        slug: product.slug,
        previousSlug: product.slug,
        addedVariants: [],
        removedSkus: [],
      }),
    ])
    return toImage({ ...added, width: picture.width, height: picture.height }, ctx.mediaBaseUrl)
  })
  ctx.bus.wake()
  return image
}

function assertRoom(product: StoredProduct, colour: string | undefined): void {
  if (product.images.length >= maxImages) {
    throw new AppError('INVALID_STATE', `A product has ${maxImages} pictures at most. Remove one first.`, {
      details: { reason: 'too_many_images' },
    })
  }
  if (colour !== undefined && !product.colours.some((candidate) => candidate.slug === colour)) {
    throw invalidField('colour', 'This product does not come in that colour')
  }
}
