import { AppError } from '@souk/kernel/errors'
import type { CreateProduct, Product, UpdateProduct } from '../contract.ts'
import type { StoredProduct } from './stored-product.ts'

/** What a product says of itself, apart from its variants and pictures. */
export type ProductFields = Pick<
  Product,
  | 'slug'
  | 'name'
  | 'shortDescription'
  | 'description'
  | 'materials'
  | 'dimensions'
  | 'weightGrams'
  | 'careInstructions'
  | 'tags'
  | 'taxClass'
  | 'featured'
> & {
  categoryId: string
  priceMinor: number
  compareAtMinor: number | null
  currency: Product['price']['currency']
}

export function newFields(input: CreateProduct, facts: { slug: string; categoryId: string }): ProductFields {
  return checked({
    ...facts,
    name: input.name,
    shortDescription: input.shortDescription ?? '',
    description: input.description,
    priceMinor: input.price.amount,
    compareAtMinor: input.compareAtPrice?.amount ?? null,
    currency: input.price.currency,
    taxClass: input.taxClass ?? 'standard',
    materials: input.materials ?? [],
    dimensions: null,
    weightGrams: input.weightGrams ?? null,
    careInstructions: input.careInstructions ?? null,
    tags: input.tags ?? [],
    featured: input.featured ?? false,
  })
}

/** The fields after an edit: what the input leaves out stays as it was. */
export function editedFields(
  current: StoredProduct,
  input: UpdateProduct,
  categoryId: string,
): ProductFields {
  return checked({
    slug: input.slug ?? current.slug,
    categoryId,
    name: input.name ?? current.name,
    shortDescription: input.shortDescription ?? current.shortDescription,
    description: input.description ?? current.description,
    priceMinor: input.price?.amount ?? current.priceMinor,
    compareAtMinor:
      input.compareAtPrice === undefined ? current.compareAtMinor : (input.compareAtPrice?.amount ?? null),
    currency: input.price?.currency ?? current.currency,
    taxClass: input.taxClass ?? current.taxClass,
    materials: input.materials ?? current.materials,
    dimensions: current.dimensions,
    weightGrams: input.weightGrams === undefined ? current.weightGrams : input.weightGrams,
    careInstructions:
      input.careInstructions === undefined ? current.careInstructions : input.careInstructions,
    tags: input.tags ?? current.tags,
    featured: input.featured ?? current.featured,
  })
}

function checked(fields: ProductFields): ProductFields {
  if (fields.compareAtMinor !== null && fields.compareAtMinor <= fields.priceMinor) {
    throw invalidField('compareAtPrice', 'The former price must be above the price')
  }
  return fields
}

type ImageInput = NonNullable<UpdateProduct['images']>

/** The pictures an edit keeps must be this product's, named once, of colours it has. */
export function assertImages(
  images: ImageInput,
  owned: readonly { id: string }[],
  colours: readonly { slug: string }[],
) {
  const seen = new Set<string>()
  images.forEach((image, index) => {
    if (!owned.some((candidate) => candidate.id === image.id)) {
      throw invalidField(`images.${index}.id`, 'This product has no such picture')
    }
    if (seen.has(image.id)) throw invalidField(`images.${index}.id`, 'This picture stands twice here')
    seen.add(image.id)
    if (image.colour !== null && !colours.some((colour) => colour.slug === image.colour)) {
      throw invalidField(`images.${index}.colour`, 'This product does not come in that colour')
    }
  })
}

/** A fault of the request, by the path of the field. */
export function invalidField(path: string, message: string): AppError {
  return new AppError('INVALID_INPUT', 'Some fields are not right.', {
    details: { reason: 'invalid_input', errors: [{ path, message }] },
  })
}

export function skuTaken(sku: string): AppError {
  return new AppError('CONFLICT', `The SKU ${sku} belongs to another product.`, {
    details: { reason: 'sku_taken', sku },
  })
}

export function slugTaken(slug: string): AppError {
  return new AppError('CONFLICT', `The address ${slug} is taken. Choose another slug.`, {
    details: { reason: 'slug_taken', slug },
  })
}

export function idTaken(): AppError {
  return new AppError('CONFLICT', 'A product with this id exists already.', {
    details: { reason: 'id_taken' },
  })
}

export function versionConflict(currentVersion: number): AppError {
  return new AppError(
    'CONFLICT',
    'Somebody changed this product meanwhile. Load it again and repeat your change.',
    {
      details: { reason: 'version_conflict', currentVersion },
    },
  )
}
