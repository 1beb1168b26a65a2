import type { CreateProduct, Product, UpdateProduct } from '@souk/product/contract'
import { amountText, parseAmount } from '../../money-text.ts'
import type { ProductValues } from './product-values.ts'

export function valuesOf(product: Product): ProductValues {
  const options = product.options.filter((option) => option.code !== 'colour')
  const nameOf = (code: string, value: string) =>
    options.find((option) => option.code === code)?.values.find((known) => known.code === value)?.name ??
    value
  return {
    name: product.name,
    slug: product.slug,
    shortDescription: product.shortDescription,
    description: product.description,
    category: product.category.slug,
    price: amountText(product.price.amount),
    compareAtPrice: product.compareAtPrice ? amountText(product.compareAtPrice.amount) : '',
    taxClass: product.taxClass,
    colours: product.colours,
    options: options.map(({ code, name, values }) => ({
      code,
      name,
      values: values.map((value) => value.name),
    })),
    variants: product.variants.map((variant) => ({
      isKnown: true,
      sku: variant.sku,
      options: Object.fromEntries(
        Object.entries(variant.options).map(([code, value]) => [code, nameOf(code, value)]),
      ),
      price: variant.price.amount === product.price.amount ? '' : amountText(variant.price.amount),
      stock: '',
      barcode: variant.barcode ?? '',
      weightGrams:
        variant.weightGrams === null || variant.weightGrams === product.weightGrams
          ? ''
          : String(variant.weightGrams),
    })),
    materials: product.materials.join(', '),
    careInstructions: product.careInstructions ?? '',
    weightGrams: product.weightGrams === null ? '' : String(product.weightGrams),
    tags: product.tags.join(', '),
    featured: product.featured,
  }
}

type Input = Omit<CreateProduct, 'id'> & Omit<UpdateProduct, 'id' | 'images' | 'expectedVersion'>

/** What the form says, for the gateway. The values have passed `ProductValues`. */
export function toInput(values: ProductValues): Input {
  const money = (text: string) => ({ amount: parseAmount(text) ?? 0, currency: 'EUR' as const })
  const grams = (text: string) => (text.trim() ? Number(text) : null)
  const list = (text: string) => [
    ...new Set(
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    ),
  ]
  return {
    name: values.name,
    ...(values.slug ? { slug: values.slug } : {}),
    shortDescription: values.shortDescription,
    description: values.description,
    category: values.category,
    price: money(values.price),
    compareAtPrice: values.compareAtPrice.trim() ? money(values.compareAtPrice) : null,
    taxClass: values.taxClass,
    colours: values.colours,
    materials: list(values.materials),
    careInstructions: values.careInstructions || null,
    weightGrams: grams(values.weightGrams),
    tags: list(values.tags),
    featured: values.featured,
    variants: values.variants.map((variant) => ({
      sku: variant.sku,
      options: variant.options,
      ...(variant.price.trim() ? { price: money(variant.price) } : {}),
      ...(variant.isKnown ? {} : { stock: Number(variant.stock || 0) }),
      ...(variant.barcode ? { barcode: variant.barcode } : {}),
      weightGrams: grams(variant.weightGrams),
    })),
  }
}
