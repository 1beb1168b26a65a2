import { AppError } from '@souk/kernel/errors'
import { fileTypeFromBuffer } from 'file-type'
import { isDisguised } from './disguise.ts'
import { createGate } from './gate.ts'

export type Picture = { bytes: Buffer; width: number; height: number }

const accepted = ['image/jpeg', 'image/png', 'image/webp', 'image/avif']
const maxPixels = 50_000_000
const maxSide = 1600
const maxSeconds = 8
const gate = createGate(2, 100)

/** Draws an uploaded picture anew as WebP, upright, without metadata, 1600 px at most; refuses everything else. */
export async function preparePicture(bytes: Buffer): Promise<Picture> {
  if (bytes.length === 0) throw refusal('The body is empty. Send the picture itself.')
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined)
  if (!type || !accepted.includes(type.mime)) {
    throw refusal('This is not a picture we can show. Send a JPEG, PNG, WebP or AVIF file.')
  }
  if (isDisguised(bytes))
    throw refusal('This file is more than a picture. Save it anew as JPEG, PNG or WebP.')
  try {
    return await draw(bytes, { width: maxSide, height: maxSide, fit: 'inside' })
  } catch (error) {
    if (error instanceof AppError) throw error
    throw refusal('This picture is damaged, or larger than 50 megapixels.', error)
  }
}

/** The same picture, narrower. */
export async function narrow(bytes: Buffer, width: number): Promise<Buffer> {
  return (await draw(bytes, { width })).bytes
}

async function draw(
  bytes: Buffer,
  size: { width: number; height?: number; fit?: 'inside' },
): Promise<Picture> {
  return await gate(async () => {
    const sharp = await loadSharp()
    const { data, info } = await sharp(bytes, {
      limitInputPixels: maxPixels,
      failOn: 'error',
      autoOrient: true,
    })
      .timeout({ seconds: maxSeconds })
      .resize({ ...size, withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true })
    return { bytes: data, width: info.width, height: info.height }
  })
}

let loaded: Promise<typeof import('sharp')> | undefined

/** Loaded on first need: 26 MB that an instance which draws nothing does without. Reads only what we accept. */
async function loadSharp() {
  loaded ??= import('sharp').then((module) => {
    const sharp = module.default
    sharp.cache(false)
    sharp.block({ operation: ['VipsForeignLoad'] })
    const readers = ['Jpeg', 'Png', 'Webp', 'Heif']
    sharp.unblock({ operation: readers.map((reader) => `VipsForeignLoad${reader}Buffer`) })
    return module
  })
  return (await loaded).default
}

function refusal(sentence: string, cause?: unknown): AppError {
  return new AppError('INVALID_INPUT', sentence, {
    ...(cause === undefined ? {} : { cause }),
    details: { reason: 'invalid_input', errors: [{ path: 'body', message: sentence }] },
  })
}
