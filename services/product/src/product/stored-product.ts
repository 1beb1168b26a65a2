import type { Colour, Product, Variant } from '../contract.ts'
import { shownStock } from './availability.ts'

export type StoredVariant = {
  id: string
  sku: string
  options: Record<string, string>
  optionsLabel: string
  priceMinor: number
  /** Null when the variant follows the product's price. */
  ownPriceMinor: number | null
  available: number
  backorderable: number
  expectedOn: string | null
  barcode: string | null
  /** Null when the variant follows the product's weight. */
  ownWeightGrams: number | null
  weightGrams: number | null
}

export type StoredImage = { id: string; alt: string; width: number; height: number; colour: string | null }

/** A product as one SQL expression reads it: see `productJson`. */
export type StoredProduct = Pick<
  Product,
  | 'id'
  | 'slug'
  | 'name'
  | 'shortDescription'
  | 'description'
  | 'category'
  | 'options'
  | 'materials'
  | 'dimensions'
  | 'weightGrams'
  | 'careInstructions'
  | 'tags'
  | 'taxClass'
  | 'featured'
  | 'related'
  | 'createdAt'
  | 'updatedAt'
> & {
  categoryId: string
  priceMinor: number
  compareAtMinor: number | null
  currency: Product['price']['currency']
  colours: Colour[]
  images: StoredImage[]
  variants: StoredVariant[]
  ratingTotal: number
  ratingCount: number
  editVersion: number
}

export function toProduct(stored: StoredProduct, mediaBaseUrl: string): Product {
  const { priceMinor, compareAtMinor, currency, ratingTotal, ratingCount, editVersion, categoryId, ...same } =
    stored
  const variants = stored.variants.map((variant) => toVariant(variant, currency))
  return {
    ...same,
    price: { amount: priceMinor, currency },
    compareAtPrice: compareAtMinor === null ? null : { amount: compareAtMinor, currency },
    images: stored.images.map((image) => toImage(image, mediaBaseUrl)),
    rating:
      ratingCount === 0
        ? null
        : { average: Math.round((ratingTotal * 10) / ratingCount) / 10, count: ratingCount },
    available: variants.some((variant) => variant.available),
    variants,
    version: editVersion,
    createdAt: new Date(stored.createdAt).toISOString(),
    updatedAt: new Date(stored.updatedAt).toISOString(),
  }
}

function toVariant(stored: StoredVariant, currency: Product['price']['currency']): Variant {
  const { priceMinor, ownPriceMinor, ownWeightGrams, available, backorderable, expectedOn, ...same } = stored
  return {
    ...same,
    price: { amount: priceMinor, currency },
    ...shownStock({ available, backorderable, expectedOn }),
  }
}

export function toImage(stored: StoredImage, mediaBaseUrl: string): Product['images'][number] {
  const width = Math.min(stored.width, defaultImageWidth)
  const height = Math.max(1, Math.round((stored.height * width) / stored.width))
  return { ...stored, url: imageUrl(stored.id, mediaBaseUrl), width, height }
}

const defaultImageWidth = 720

export function imageUrl(imageId: string, mediaBaseUrl: string): string {
  return `${mediaBaseUrl}/${imageId}/${defaultImageWidth}.webp`
}
