import { Id } from '@souk/kernel/id'
import { MAX_AMOUNT_MINOR, Money } from '@souk/kernel/money'
import { PageInput } from '@souk/kernel/page'
import { z } from 'zod'

export const Slug = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Small letters, digits and single hyphens')
export const Sku = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'Letters, digits, dots, hyphens and underscores')
const Text = (max: number) => z.string().trim().min(1).max(max)

export const colourFamilies = [
  'beige',
  'black',
  'blue',
  'clear',
  'green',
  'grey',
  'metal',
  'orange',
  'pink',
  'purple',
  'red',
  'white',
  'wood',
  'yellow',
] as const
export const taxClasses = ['standard', 'reduced', 'zero'] as const
export const TaxClass = z.enum(taxClasses)

export const Colour = z.strictObject({
  slug: Slug,
  name: Text(60),
  family: z.string().min(1).max(40),
  hex: z.string().regex(/^#[0-9a-f]{6}$/i),
})
export type Colour = z.infer<typeof Colour>

export const Image = z.object({
  id: Id,
  /** Absolute, immutable; the width in the path may be any of `imageWidths`. */
  url: z.string(),
  alt: z.string(),
  width: z.int(),
  height: z.int(),
  /** The colour it shows; null for a picture of the whole product. */
  colour: z.string().nullable(),
})
export type Image = z.infer<typeof Image>

/** Widths a picture is served in: `/media/<id>/<width>.webp`. */
export const imageWidths = [160, 320, 480, 720, 1080] as const

export const Variant = z.object({
  id: Id,
  sku: z.string(),
  /** Option code to value code, such as `{ colour: 'oat', size: 'dinner-27' }`. */
  options: z.record(z.string(), z.string()),
  optionsLabel: z.string(),
  price: Money,
  /** Whether it can be bought now. */
  available: z.boolean(),
  /** None is here, but it can be bought: it ships when the next delivery has come. */
  shipsLater: z.boolean(),
  /** The day on which that delivery is expected, if somebody knows. May be over. */
  expectedOn: z.string().nullable(),
  /** How many are left, when few are. */
  lowStock: z.int().nullable(),
  barcode: z.string().nullable(),
  /** Its own weight, else the product's. */
  weightGrams: z.int().nullable(),
})
export type Variant = z.infer<typeof Variant>

const OptionValue = z.object({ code: z.string(), name: z.string() })
export const Option = z.object({ code: z.string(), name: z.string(), values: z.array(OptionValue) })

export const Product = z.object({
  id: Id,
  slug: z.string(),
  name: z.string(),
  shortDescription: z.string(),
  description: z.string(),
  price: Money,
  compareAtPrice: Money.nullable(),
  category: z.object({ slug: z.string(), name: z.string() }),
  colours: z.array(Colour),
  images: z.array(Image),
  rating: z.object({ average: z.number(), count: z.int() }).nullable(),
  available: z.boolean(),
  variants: z.array(Variant),
  options: z.array(Option),
  materials: z.array(z.string()),
  dimensions: z.object({ w: z.number(), d: z.number(), h: z.number(), unit: z.string() }).nullable(),
  weightGrams: z.int().nullable(),
  careInstructions: z.string().nullable(),
  tags: z.array(z.string()),
  taxClass: TaxClass,
  featured: z.boolean(),
  /** Slugs of products shown beside this one. */
  related: z.array(z.string()),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Product = z.infer<typeof Product>

export const productSorts = ['relevance', 'newest', 'price_asc', 'price_desc', 'rating'] as const
export const ProductSort = z.enum(productSorts)
export type ProductSort = z.infer<typeof ProductSort>
const price = z.int().min(0).max(MAX_AMOUNT_MINOR)

export const ListProducts = z.strictObject({
  q: z.string().trim().max(120).optional(),
  /** Colour slugs or families; a product matches when it has any of them. */
  colour: z.array(z.string().min(1).max(60)).max(20).optional(),
  category: z.string().min(1).max(80).optional(),
  /** Minor units, inclusive. */
  minPrice: price.optional(),
  maxPrice: price.optional(),
  inStock: z.boolean().optional(),
  featured: z.boolean().optional(),
  sort: ProductSort.optional(),
  ...PageInput,
})
export type ListProducts = z.output<typeof ListProducts>

const counted = { slug: z.string(), name: z.string(), count: z.int() }
export const Facets = z.object({
  colours: z.array(z.object({ ...counted, family: z.string(), hex: z.string() })),
  families: z.array(z.object(counted)),
  categories: z.array(z.object(counted)),
  price: z.object({ min: z.int(), max: z.int(), currency: z.string() }),
  inStock: z.int(),
})
export type Facets = z.infer<typeof Facets>

export const ProductList = z.object({
  items: z.array(Product),
  nextCursor: z.string().nullable(),
  total: z.int(),
  facets: Facets,
})
export type ProductList = z.infer<typeof ProductList>

export const GetProduct = z.strictObject({ idOrSlug: z.string().min(1).max(80) })

const weightGrams = z.int().min(0).max(10_000_000)

export const VariantInput = z.strictObject({
  sku: Sku,
  options: z
    .record(z.string().regex(/^[a-z][a-z0-9_-]{0,30}$/), Text(60))
    .refine((options) => Object.keys(options).length <= 3, 'Three options at most'),
  /** Overrides the product's price. */
  price: Money.optional(),
  /** Pieces on hand when the variant is new; later changes go through inventory. */
  stock: z.int().min(0).max(1_000_000).optional(),
  barcode: z
    .string()
    .regex(/^\d{8,14}$/)
    .optional(),
  /** Overrides the product's weight; null follows it again, and left out it stays as it is. */
  weightGrams: weightGrams.nullable().optional(),
})
export type VariantInput = z.output<typeof VariantInput>

export const ProductInput = z.strictObject({
  name: Text(120),
  slug: Slug.optional(),
  shortDescription: z.string().trim().max(300).optional(),
  description: z.string().trim().max(10_000),
  /** A category's slug. */
  category: Slug,
  price: Money,
  compareAtPrice: Money.nullable().optional(),
  taxClass: TaxClass.optional(),
  colours: z.array(Colour).max(30).optional(),
  materials: z.array(Text(60)).max(20).optional(),
  careInstructions: z.string().trim().max(2000).nullable().optional(),
  weightGrams: weightGrams.nullable().optional(),
  tags: z.array(Text(40)).max(30).optional(),
  featured: z.boolean().optional(),
  variants: z.array(VariantInput).min(1).max(100),
})

export const CreateProduct = ProductInput.extend({ id: Id.optional() })
export type CreateProduct = z.output<typeof CreateProduct>

export const UpdateProduct = ProductInput.partial().extend({
  id: Id,
  /** When given, the update is refused (409) if somebody changed the product meanwhile. */
  expectedVersion: z.int().min(0).optional(),
  /** Image ids in the wanted order; those left out are removed. */
  images: z
    .array(z.strictObject({ id: Id, alt: z.string().trim().max(200), colour: Slug.nullable() }))
    .max(60)
    .optional(),
})
export type UpdateProduct = z.output<typeof UpdateProduct>

export const RemoveProduct = z.strictObject({ id: Id })

export const Category = z.object({
  id: Id,
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  productCount: z.int(),
})
export type Category = z.infer<typeof Category>
export const CategoryInput = z.strictObject({
  slug: Slug.optional(),
  name: Text(80),
  description: z.string().trim().max(500).optional(),
})
export type CategoryInput = z.output<typeof CategoryInput>
/** Its address stays, so that links and promotions go on. */
export const UpdateCategory = z.strictObject({
  id: Id,
  name: CategoryInput.shape.name.optional(),
  description: CategoryInput.shape.description,
})
export type UpdateCategory = z.output<typeof UpdateCategory>

export const QuoteSkus = z.strictObject({ skus: z.array(z.string().min(1).max(64)).min(1).max(100) })
/** What an order needs to know of each variant; SKUs that are not for sale are left out. */
export const QuotedVariant = z.object({
  sku: z.string(),
  variantId: Id,
  productId: Id,
  productSlug: z.string(),
  categorySlug: z.string(),
  name: z.string(),
  optionsLabel: z.string(),
  imageUrl: z.string().nullable(),
  unitPrice: Money,
  taxClass: TaxClass,
  weightGrams: z.int().nullable(),
})
export type QuotedVariant = z.infer<typeof QuotedVariant>

/** Query of the raw upload route `POST /images`; the body is the picture itself. */
export const UploadImage = z.strictObject({
  productId: Id,
  colour: Slug.optional(),
  alt: z.string().trim().max(200).default(''),
})
export const maxUploadBytes = 10 * 1024 * 1024
