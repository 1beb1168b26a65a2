import type { ShopEvent } from '@souk/events/catalog'

/** Every list, and every answer that counts or sorts products. */
export const listTag = 'products'
const ofId = (id: string) => `id:${id}`
const ofSlug = (slug: string) => `slug:${slug}`
const ofCategory = (slug: string) => `category:${slug}`

/** What a kept answer shows: its tags are found in the products it contains. */
export function tagsOf(kind: 'list' | 'detail', body: Buffer): string[] {
  if (kind === 'list') return [listTag]
  const parsed: unknown = JSON.parse(body.toString('utf8'))
  const answers = Array.isArray(parsed) ? parsed : [parsed]
  return answers.flatMap((answer) => tagsOfProduct(unwrap(answer)))
}

/** Which answers an event makes untrue. */
export function tagsOfEvent(event: ShopEvent): string[] {
  switch (event.name) {
    case 'product.created':
    case 'product.removed':
    case 'product.availability_changed':
      return [listTag, ofId(event.data.productId), ofSlug(event.data.slug)]
    case 'product.updated': {
      const { productId, slug, previousSlug } = event.data
      return [listTag, ofId(productId), ofSlug(slug), ofSlug(previousSlug)]
    }
    case 'category.created':
      return [listTag]
    case 'category.renamed':
      return [listTag, ofCategory(event.data.slug)]
    default:
      return []
  }
}

/** tRPC wraps an answer in `{ result: { data } }`. */
function unwrap(answer: unknown): unknown {
  const result = propertyOf(answer, 'result')
  return result === undefined ? answer : propertyOf(result, 'data')
}

function tagsOfProduct(product: unknown): string[] {
  const id = propertyOf(product, 'id')
  const slug = propertyOf(product, 'slug')
  if (typeof id !== 'string' || typeof slug !== 'string') return []
  const category = propertyOf(propertyOf(product, 'category'), 'slug')
  return [ofId(id), ofSlug(slug), ...(typeof category === 'string' ? [ofCategory(category)] : [])]
}

function propertyOf(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined
}
