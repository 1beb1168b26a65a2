import type { Readable } from 'node:stream'
import { awaitStock } from '@souk/api/await-stock'
import { CategoryList } from '@souk/api/routers/product'
import { Id } from '@souk/kernel/id'
import {
  Category,
  CategoryInput,
  GetProduct,
  Image,
  ListProducts,
  Product,
  ProductInput,
  ProductList,
  RemoveProduct,
  UpdateCategory,
  UpdateProduct,
  UploadImage,
} from '@souk/product/contract'
import { z } from 'zod'
import { listOf, pageQuery, wholeNumber, yesOrNo } from '../query.ts'
import { route } from '../route.ts'

const tag = 'Products'
const price = wholeNumber(z.int().min(0))

export const ProductQuery = z.strictObject({
  q: ListProducts.shape.q,
  colour: listOf(z.string().min(1).max(60), 20).optional(),
  category: ListProducts.shape.category,
  minPrice: price.optional(),
  maxPrice: price.optional(),
  inStock: yesOrNo.optional(),
  featured: yesOrNo.optional(),
  sort: ListProducts.shape.sort,
  ...pageQuery,
})

export const productRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/products',
    operationId: 'listProducts',
    tag,
    summary: 'Find products',
    description:
      '`colour` is a slug such as `oat` or a family such as `white`, and may be given several times. Prices are in minor units. `facets` counts what each further filter would leave.',
    access: 'public',
    query: ProductQuery,
    answer: { status: 200, schema: ProductList, description: 'Products with facets' },
    calls: 'product.product.list',
    isPublicRead: true,
    run: async ({ services, query }) => await services.product.product.list.query(query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/products/{id}',
    operationId: 'getProduct',
    tag,
    summary: 'One product',
    description: '`id` is its id or its slug.',
    access: 'public',
    params: z.strictObject({ id: GetProduct.shape.idOrSlug.regex(/^[A-Za-z0-9-]+$/) }),
    answer: { status: 200, schema: Product, description: 'The product with its variants' },
    problems: ['not_found'],
    calls: 'product.product.get',
    isPublicRead: true,
    run: async ({ services, params }) => await services.product.product.get.query({ idOrSlug: params.id }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/products',
    operationId: 'createProduct',
    tag,
    summary: 'Add a product',
    description:
      'The answer waits until its stock is known, two seconds at most, so that it can be sold at once.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    body: ProductInput,
    answer: { status: 201, schema: Product, description: 'The product' },
    problems: ['conflict'],
    calls: 'product.product.create',
    run: async ({ services, body }) => {
      const product = await services.product.product.create.mutate(body)
      await awaitStock(services, skusOf(product))
      return product
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/products/{id}',
    operationId: 'updateProduct',
    tag,
    summary: 'Change a product',
    description: 'Only what is sent changes. `variants` and `images` replace the whole list.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: z.strictObject({ id: Id }),
    body: UpdateProduct.omit({ id: true }),
    answer: { status: 200, schema: Product, description: 'The product as it is now' },
    problems: ['not_found', 'conflict'],
    calls: 'product.product.update',
    run: async ({ services, params, body }) => {
      const product = await services.product.product.update.mutate({ ...body, id: params.id })
      if (body.variants) await awaitStock(services, skusOf(product))
      return product
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/products/{id}',
    operationId: 'removeProduct',
    tag,
    summary: 'Take a product out of the shop',
    access: 'staff',
    params: RemoveProduct,
    answer: { status: 204, description: 'It is gone; orders keep what they say' },
    problems: ['not_found'],
    calls: 'product.product.remove',
    run: async ({ services, params }) => await services.product.product.remove.mutate(params),
  }),
  route({
    method: 'POST',
    path: '/api/v1/products/{id}/images',
    operationId: 'uploadImage',
    tag,
    summary: 'Add a picture',
    description: 'The body is the picture itself: JPEG, PNG, WebP or AVIF, 10 MB at most.',
    access: 'staff',
    params: z.strictObject({ id: Id }),
    query: UploadImage.omit({ productId: true }),
    bodyKind: 'image',
    body: z.custom<Readable>(),
    answer: { status: 201, schema: Image, description: 'The picture' },
    problems: ['not_found', 'too_large', 'unsupported_media_type'],
    calls: 'product POST /images',
    run: async ({ uploadImage, params, query, body, contentType }) =>
      await uploadImage({ productId: params.id, query, body, contentType }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/categories',
    operationId: 'listCategories',
    tag,
    summary: 'Categories with the number of their products',
    access: 'public',
    answer: { status: 200, schema: CategoryList, description: 'All categories' },
    calls: 'product.category.list',
    isPublicRead: true,
    run: async ({ services }) => await services.product.category.list.query(),
  }),
  route({
    method: 'POST',
    path: '/api/v1/categories',
    operationId: 'createCategory',
    tag,
    summary: 'Add a category',
    access: 'staff',
    headers: ['Idempotency-Key'],
    body: CategoryInput,
    answer: { status: 201, schema: Category, description: 'The category' },
    problems: ['conflict'],
    calls: 'product.category.create',
    run: async ({ services, body }) => await services.product.category.create.mutate(body),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/categories/{id}',
    operationId: 'updateCategory',
    tag,
    summary: 'Give a category another name or description',
    description: 'Its slug stays, so that links and promotions go on.',
    access: 'staff',
    headers: ['Idempotency-Key'],
    params: z.strictObject({ id: Id }),
    body: UpdateCategory.omit({ id: true }),
    answer: { status: 200, schema: Category, description: 'The category' },
    problems: ['not_found', 'conflict'],
    calls: 'product.category.update',
    run: async ({ services, params, body }) =>
      await services.product.category.update.mutate({ ...body, id: params.id }),
  }),
]

function skusOf(product: Product): string[] {
  return product.variants.map((variant) => variant.sku)
}
