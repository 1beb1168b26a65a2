import type { Product, Variant } from '@souk/product/contract'
import { type DataItem, DataList } from '@souk/ui/data-list'

/** What it is made of, how big it is, how to look after it. What is not known is left out. */
export function ProductFacts({ product, variant }: { product: Product; variant: Variant | undefined }) {
  const grams = variant ? variant.weightGrams : product.weightGrams
  const items: (DataItem | undefined)[] = [
    product.materials.length > 0 ? { term: 'Materials', detail: sentence(product.materials) } : undefined,
    product.dimensions ? { term: 'Dimensions', detail: dimensions(product.dimensions) } : undefined,
    grams ? { term: 'Weight', detail: weight(grams) } : undefined,
    product.careInstructions ? { term: 'Care', detail: product.careInstructions } : undefined,
    variant ? { term: 'Article', detail: variant.sku } : undefined,
  ]
  return <DataList items={items.filter((item) => item !== undefined)} />
}

function sentence(words: readonly string[]): string {
  const text = words.join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function dimensions({ w, d, h, unit }: NonNullable<Product['dimensions']>): string {
  return `${w} × ${d} × ${h} ${unit} (width, depth, height)`
}

function weight(grams: number): string {
  return grams < 1000
    ? `${grams} g`
    : `${(grams / 1000).toLocaleString('en-IE', { maximumFractionDigits: 1 })} kg`
}
