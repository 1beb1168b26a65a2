import { createHash } from 'node:crypto'
import { notFound } from '@souk/kernel/errors'
import { isId } from '@souk/kernel/id'
import type { ProductContext } from '../context.ts'
import { imageWidths } from '../contract.ts'
import { findPicture, saveRendition } from './media-store.ts'
import { narrow } from './picture.ts'

export type ServedPicture = { bytes: Buffer; etag: string }

const inProgress = new Map<string, Promise<ServedPicture>>()

/** A picture in one of its widths; drawn on first demand, once per process however many ask. */
export async function servePicture(
  ctx: ProductContext,
  imageId: string,
  file: string,
): Promise<ServedPicture> {
  const width = imageWidths.find((candidate) => file === `${candidate}.webp`)
  if (width === undefined || !isId(imageId)) throw notFound('picture')
  const found = await findPicture(ctx.db.sql, imageId, width)
  if (!found) throw notFound('picture')
  if (found.rendition !== null && found.etag !== null) return { bytes: found.rendition, etag: found.etag }
  if (found.original === null) throw notFound('picture')
  if (found.width <= width) return { bytes: found.original, etag: etagOf(found.original) }
  return await drawOnce(ctx, { imageId, width, original: found.original })
}

async function drawOnce(
  ctx: ProductContext,
  wanted: { imageId: string; width: number; original: Buffer },
): Promise<ServedPicture> {
  const key = `${wanted.imageId}/${wanted.width}`
  const running = inProgress.get(key)
  if (running !== undefined) return await running
  const drawing = drawAndSave(ctx, wanted).finally(() => inProgress.delete(key))
  inProgress.set(key, drawing)
  return await drawing
}

async function drawAndSave(
  ctx: ProductContext,
  { imageId, width, original }: { imageId: string; width: number; original: Buffer },
): Promise<ServedPicture> {
  const bytes = await narrow(original, width)
  const etag = etagOf(bytes)
  await saveRendition(ctx.db.sql, { imageId, width, bytes, etag })
  return { bytes, etag }
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
}
