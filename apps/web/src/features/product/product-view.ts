import type { Colour, Image, Product, Variant } from '@souk/product/contract'
import { expectedText } from '../../ships-later.ts'

/** The colour a list was narrowed to, as this product has it. */
export function colourAmong(product: Product, wanted: readonly string[]): Colour | undefined {
  return product.colours.find(({ slug, family }) => wanted.includes(slug) || wanted.includes(family))
}

/** The first picture of a colour; else of the whole product; else any. */
export function pictureOf(product: Product, colour?: string): Image | undefined {
  return (
    product.images.find((image) => image.colour === colour) ??
    product.images.find((image) => image.colour === null) ??
    product.images[0]
  )
}

export type ListPrice = { value: Product['price']; compareAt: Product['compareAtPrice']; isFrom: boolean }

/** The price in a list: the lowest of all variants, with the earlier price only where that is the price it was for. */
export function listPrice(product: Product): ListPrice {
  const prices = product.variants.map(({ price }) => price).toSorted((a, b) => a.amount - b.amount)
  const value = prices[0] ?? product.price
  return {
    value,
    compareAt: value.amount === product.price.amount ? product.compareAtPrice : null,
    isFrom: prices.some(({ amount }) => amount !== value.amount),
  }
}

export type Choice = Readonly<Record<string, string>>

/**
 * The variant that the address asks for. What it leaves open, or asks for in vain, is filled from the
 * nearest variant, one that can be bought first, so that every address shows something that exists.
 */
export function chooseVariant(product: Product, asked: Choice): Variant | undefined {
  const matches = (variant: Variant) =>
    product.options.filter(({ code }) => asked[code] !== undefined && variant.options[code] === asked[code])
      .length
  return product.variants
    .map((variant, index) => ({ variant, index, score: matches(variant) }))
    .sort(
      (a, b) =>
        b.score - a.score || Number(b.variant.available) - Number(a.variant.available) || a.index - b.index,
    )[0]?.variant
}

/** The variant one gets by changing one option and keeping the others, if it exists. */
export function variantWith(
  product: Product,
  current: Choice,
  code: string,
  value: string,
): Variant | undefined {
  const wanted = { ...current, [code]: value }
  return product.variants.find((variant) =>
    product.options.every((option) => variant.options[option.code] === wanted[option.code]),
  )
}

/** The pictures to show for a colour: its own first, then those of the whole product. */
export function galleryOf(product: Product, colour: string | undefined): Image[] {
  const own = product.images.filter((image) => image.colour === colour)
  const general = product.images.filter((image) => image.colour === null)
  const shown = [...own, ...general]
  return shown.length > 0 ? shown : product.images.slice(0, 2)
}

/** All that can be bought of it comes with the next delivery. */
export function shipsLater(product: Product): boolean {
  return product.available && product.variants.every((variant) => !variant.available || variant.shipsLater)
}

/** What there is to say about stock, or nothing when there is plenty. */
export function stockText(variant: Variant | undefined): { text: string; isAvailable: boolean } | undefined {
  if (!variant?.available) return { text: 'Sold out', isAvailable: false }
  if (variant.shipsLater) return { text: `Ships later${expectedText(variant.expectedOn)}`, isAvailable: true }
  if (variant.lowStock !== null) return { text: `Only ${variant.lowStock} left`, isAvailable: true }
  return undefined
}
