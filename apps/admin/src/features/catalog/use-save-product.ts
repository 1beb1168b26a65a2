'use client'

import { newId } from '@souk/kernel/id'
import type { Product } from '@souk/product/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAddresses, useApi } from '../../data/api.tsx'
import { toInput } from './product-input.ts'
import type { ProductValues } from './product-values.ts'
import { uploadPicture } from './upload-picture.ts'
import type { Picture, Pictures } from './use-pictures.ts'

export type Saved = { product: Product; failedPictures: number }

/**
 * Saves in three steps: the product, then each new picture, then the order of all pictures. A picture that
 * fails stays in the form with its reason; everything before it is saved. `onStep` gets the product as it
 * stands after each step, so that saving again goes on from there.
 */
export function useSaveProduct(
  product: Product | undefined,
  pictures: Pictures,
  onStep: (product: Product) => void,
) {
  const api = useApi()
  const queries = useQueryClient()
  const { gatewayUrl } = useAddresses()
  // One id and key for this form: a second press after a lost answer finds the same product.
  const [newProductId] = useState(newId)
  const context = { idempotencyKey: newProductId }
  const create = useMutation(api.admin.product.create.mutationOptions({ trpc: { context } }))
  const update = useMutation(api.admin.product.update.mutationOptions())

  const send = async (productId: string, picture: Picture): Promise<Picture | undefined> => {
    const { key, file, alt, colour } = picture
    if (picture.id || !file) return picture
    pictures.change(key, { progress: 0, error: undefined })
    try {
      const onProgress = (progress: number) => pictures.change(key, { progress })
      const image = await uploadPicture({
        gatewayUrl,
        productId,
        file,
        alt,
        colour,
        idempotencyKey: key,
        onProgress,
      })
      const sent = { id: image.id, alt: image.alt, progress: undefined }
      pictures.change(key, sent)
      return { ...picture, ...sent }
    } catch (error) {
      pictures.change(key, { progress: undefined, error: error instanceof Error ? error.message : '' })
      return undefined
    }
  }

  /** Each picture raises the version by one; only then is what we hold still what the shop holds. */
  const sendPictures = async (saved: Product, wanted: readonly Picture[]) => {
    let current = saved
    const sent: Picture[] = []
    for (const picture of wanted) {
      const done = await send(saved.id, picture)
      if (!done) continue
      sent.push(done)
      if (picture.id) continue
      current = { ...current, version: current.version + 1 }
      onStep(current)
    }
    return { product: current, sent }
  }

  const saveFields = async (values: ProductValues, wanted: readonly Picture[]): Promise<Product> => {
    const fields = toInput(values)
    if (!product) return await create.mutateAsync({ id: newProductId, ...fields })
    const images = wanted.filter((picture) => picture.id !== undefined).map(asInput)
    return await update.mutateAsync({ id: product.id, expectedVersion: product.version, ...fields, images })
  }

  return async (values: ProductValues): Promise<Saved> => {
    const wanted = withKnownColours(pictures.pictures, values)
    let saved = await saveFields(values, wanted)
    onStep(saved)
    if (wanted.some((picture) => picture.id === undefined)) {
      const { product: current, sent } = await sendPictures(saved, wanted)
      saved = await update.mutateAsync({
        id: current.id,
        expectedVersion: current.version,
        images: sent.map(asInput),
      })
      onStep(saved)
      if (sent.length < wanted.length) return { product: saved, failedPictures: wanted.length - sent.length }
    }
    queries.setQueryData(api.admin.product.get.queryKey({ idOrSlug: saved.id }), saved)
    void queries.invalidateQueries(api.admin.product.list.pathFilter())
    void queries.invalidateQueries(api.product.pathFilter())
    void queries.invalidateQueries(api.admin.stock.pathFilter())
    return { product: saved, failedPictures: 0 }
  }
}

/** A picture may still name a colour that was taken from the product; then it shows them all. */
function withKnownColours(pictures: readonly Picture[], { colours }: ProductValues): Picture[] {
  const known = new Set(colours.map((colour) => colour.slug))
  return pictures.map((picture) => ({
    ...picture,
    colour: picture.colour !== null && known.has(picture.colour) ? picture.colour : null,
  }))
}

function asInput(picture: Picture) {
  return { id: picture.id ?? '', alt: picture.alt, colour: picture.colour }
}
