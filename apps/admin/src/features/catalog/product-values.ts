import { Colour, Sku, Slug, TaxClass } from '@souk/product/contract'
import { z } from 'zod'
import { parseAmount } from '../../money-text.ts'
import type { Axis } from './variant-combinations.ts'

const required = (max: number, what: string) =>
  z.string().trim().min(1, `Give ${what}.`).max(max, `At most ${max} characters.`)
const optional = (max: number) => z.string().trim().max(max, `At most ${max} characters.`)
const amount = 'Type an amount such as 48.00.'
const Amount = z.string().refine((text) => parseAmount(text) !== undefined, amount)
const OptionalAmount = z
  .string()
  .refine((text) => text.trim() === '' || parseAmount(text) !== undefined, amount)
const wholeNumber = (max: number) =>
  z.string().refine((text) => text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) <= max), {
    message: `A whole number from 0 to ${max.toLocaleString('en')}.`,
  })

const VariantValues = z.object({
  /** Whether the shop knows it already; its stock is then changed under Stock. */
  isKnown: z.boolean(),
  sku: z
    .string()
    .trim()
    .refine(
      (text) => Sku.safeParse(text).success,
      'Up to 64 letters, digits, dots, hyphens and underscores.',
    ),
  /** Option code to the name of the value; for the colour its slug. */
  options: z.record(z.string(), z.string()),
  price: OptionalAmount,
  stock: wholeNumber(1_000_000),
  barcode: z.string().regex(/^(\d{8,14})?$/, '8 to 14 digits.'),
  weightGrams: wholeNumber(10_000_000),
})
export type VariantValues = z.infer<typeof VariantValues>

const OptionValues = z.object({
  /** Blank for a new one; made from the name when it is saved. */
  code: z.string(),
  name: required(30, 'the option a name'),
  values: z.array(z.string()).min(1, 'Add at least one value.'),
})

/** The product as the form holds it: everything that is typed is text. */
export const ProductValues = z
  .object({
    name: required(120, 'the product a name'),
    slug: z.union([z.literal(''), Slug], 'Small letters, digits and single hyphens.'),
    shortDescription: optional(300),
    description: optional(10_000),
    category: z.string().min(1, 'Choose a category.'),
    price: Amount,
    compareAtPrice: OptionalAmount,
    taxClass: TaxClass,
    colours: z.array(Colour).max(30),
    options: z.array(OptionValues).max(2),
    variants: z
      .array(VariantValues)
      .min(1, 'A product needs at least one variant.')
      .max(100, 'At most 100 variants.'),
    materials: optional(1300),
    careInstructions: optional(2000),
    weightGrams: wholeNumber(10_000_000),
    tags: optional(1300),
    featured: z.boolean(),
  })
  .superRefine(checkTogether)
export type ProductValues = z.infer<typeof ProductValues>

function checkTogether(values: ProductValues, ctx: z.RefinementCtx): void {
  const fault = (path: (string | number)[], message: string) =>
    ctx.addIssue({ code: 'custom', path, message })
  const [price, compareAt] = [parseAmount(values.price), parseAmount(values.compareAtPrice)]
  if (price !== undefined && compareAt !== undefined && compareAt <= price) {
    fault(['compareAtPrice'], 'The former price must be above the price.')
  }
  const codes = new Set(['colour'])
  values.options.forEach((option, index) => {
    const code = optionCode(option)
    if (codes.has(code)) {
      fault(
        ['options', index, 'name'],
        code === 'colour' ? 'Colours have a part of their own.' : 'This name is used twice.',
      )
    }
    codes.add(code)
  })
  const skus = new Map<string, number>()
  values.variants.forEach(({ sku }, index) => {
    const twin = skus.get(sku.toLowerCase())
    if (sku && twin !== undefined) fault(['variants', index, 'sku'], `Variant ${twin + 1} has the same SKU.`)
    skus.set(sku.toLowerCase(), index)
  })
}

export function optionCode(option: { code: string; name: string }): string {
  if (option.code) return option.code
  const plain = option.name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-\d]+|-+$/g, '')
  return plain.slice(0, 31) || 'option'
}

/** The options as the generator reads them: the colour first, then the others in their order. */
export function axesOf(values: Pick<ProductValues, 'colours' | 'options'>): Axis[] {
  const colour = { code: 'colour', values: values.colours.map((one) => one.slug) }
  const others = values.options.map((option) => ({ code: optionCode(option), values: option.values }))
  return [...(colour.values.length > 0 ? [colour] : []), ...others]
}

export const emptyVariant: VariantValues = {
  isKnown: false,
  sku: '',
  options: {},
  price: '',
  stock: '',
  barcode: '',
  weightGrams: '',
}

export const emptyProduct: ProductValues = {
  name: '',
  slug: '',
  shortDescription: '',
  description: '',
  category: '',
  price: '',
  compareAtPrice: '',
  taxClass: 'standard',
  colours: [],
  options: [],
  variants: [emptyVariant],
  materials: '',
  careInstructions: '',
  weightGrams: '',
  tags: '',
  featured: false,
}
