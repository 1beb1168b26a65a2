import { Id } from '@souk/kernel/id'
import { MAX_AMOUNT_MINOR, Money } from '@souk/kernel/money'
import { z } from 'zod'

const Minor = z.int().min(0).max(MAX_AMOUNT_MINOR)
const Name = z.string().trim().min(1).max(120)
const Description = z.string().trim().max(300)
const Country = z.string().regex(/^[A-Z]{2}$/, 'Two capital letters, such as DE')
const Region = z.string().trim().max(120)

export const TaxLine = z.object({ rateBasisPoints: z.int(), netMinor: z.int(), taxMinor: z.int() })
export type TaxLine = z.infer<typeof TaxLine>

export const ShippingMethod = z.object({
  code: z.string(),
  name: z.string(),
  description: z.string(),
  price: Money,
  minDays: z.int(),
  maxDays: z.int(),
  /** When it arrives if it is sent today: two days such as `2026-11-24`. */
  estimate: z.object({ from: z.string(), to: z.string() }),
})

export const taxClassNames = ['standard', 'reduced', 'zero'] as const
export const TaxRate = z.strictObject({
  /** Empty for the whole country. */
  region: Region.transform((text) => text.toUpperCase()).default(''),
  taxClass: z.enum(taxClassNames),
  rateBasisPoints: z.int().min(0).max(10_000),
})
const TaxCountryCode = z.union([z.literal('*'), Country], 'Two capital letters, or * for everywhere else')
const taxFields = {
  pricesIncludeTax: z.boolean(),
  rates: z.array(TaxRate).max(300),
  expectedVersion: z.int().min(0).optional(),
}
function checkRates(input: { rates: z.output<typeof TaxRate>[] }, issues: z.core.$RefinementCtx): void {
  const keys = input.rates.map((rate) => `${rate.region}/${rate.taxClass}`)
  for (const [index, key] of keys.entries()) {
    if (keys.indexOf(key) === index) continue
    issues.addIssue({
      code: 'custom',
      path: ['rates', index, 'taxClass'],
      message: 'There is such a rate already',
    })
  }
}
export const SaveTaxCountry = z
  .strictObject({ country: TaxCountryCode, ...taxFields })
  .superRefine(checkRates)
export const TaxCountryBody = z.strictObject(taxFields).superRefine(checkRates)
export type SaveTaxCountry = z.output<typeof SaveTaxCountry>
export const TaxCountryRef = z.strictObject({ country: TaxCountryCode })
export const TaxCountry = z.object({
  country: z.string(),
  pricesIncludeTax: z.boolean(),
  rates: z.array(z.object({ region: z.string(), taxClass: z.string(), rateBasisPoints: z.int() })),
  version: z.int(),
})
export type TaxCountry = z.infer<typeof TaxCountry>
export const TaxTable = z.object({ items: z.array(TaxCountry) })

export const ShippingTier = z.strictObject({
  /** The heaviest and the dearest it is for; null is no limit. */
  maxGrams: z.int().min(1).max(100_000_000).nullable().default(null),
  maxSubtotalMinor: Minor.nullable().default(null),
  priceMinor: Minor,
})
const MethodCode = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Small letters, digits and hyphens')
  .max(40)
export const ZoneMethod = z
  .strictObject({
    code: MethodCode,
    name: Name,
    description: Description.default(''),
    tiers: z.array(ShippingTier).min(1).max(30),
    freeFromMinor: Minor.nullable().default(null),
    minDays: z.int().min(0).max(365),
    maxDays: z.int().min(0).max(365),
    isActive: z.boolean().default(true),
  })
  .refine(({ minDays, maxDays }) => minDays <= maxDays, {
    path: ['maxDays'],
    message: 'Not before the first day',
  })
/** `DE`, `US-CA` for a region, `*` for everywhere else. */
export const ShippingPlace = z
  .string()
  .regex(/^(\*|[A-Z]{2}(-[A-Z0-9]{1,3})?)$/, 'Such as DE, US-CA, or * for everywhere else')
const zoneFields = {
  name: Name,
  places: z.array(ShippingPlace).min(1).max(300),
  methods: z.array(ZoneMethod).max(20),
  position: z.int().min(0).max(1000).default(100),
}
function checkZone(
  input: { places: string[]; methods: { code: string }[] },
  issues: z.core.$RefinementCtx,
): void {
  const repeated = (values: readonly string[], pathOf: (index: number) => (string | number)[]) => {
    for (const [index, value] of values.entries()) {
      if (values.indexOf(value) !== index) {
        issues.addIssue({ code: 'custom', path: pathOf(index), message: 'Named twice' })
      }
    }
  }
  repeated(input.places, (index) => ['places', index])
  repeated(
    input.methods.map(({ code }) => code),
    (index) => ['methods', index, 'code'],
  )
}
const zoneVersion = z.int().min(0).optional()
/** A zone that is not there yet is made; the id is chosen by the caller. */
export const SaveZone = z
  .strictObject({ id: Id, expectedVersion: zoneVersion, ...zoneFields })
  .superRefine(checkZone)
export const ZoneBody = z.strictObject({ expectedVersion: zoneVersion, ...zoneFields }).superRefine(checkZone)
export type SaveZone = z.output<typeof SaveZone>
export const ZoneRef = z.strictObject({ id: Id })
export const Zone = z.object({
  id: z.string(),
  name: z.string(),
  places: z.array(z.string()),
  position: z.int(),
  methods: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      description: z.string(),
      tiers: z.array(
        z.object({ maxGrams: z.int().nullable(), maxSubtotalMinor: z.int().nullable(), priceMinor: z.int() }),
      ),
      freeFromMinor: z.int().nullable(),
      minDays: z.int(),
      maxDays: z.int(),
      isActive: z.boolean(),
    }),
  ),
  version: z.int(),
})
export type Zone = z.infer<typeof Zone>
export const ZoneList = z.object({ items: z.array(Zone) })

/** What a cart of this value would cost to send somewhere, with the rules as they are. */
export const PreviewPrice = z.strictObject({
  subtotalMinor: Minor,
  grams: z.int().min(0).max(100_000_000).default(0),
  taxClass: z.enum(taxClassNames).default('standard'),
  country: Country,
  region: Region.optional(),
})
export const PricePreview = z.object({
  zone: z.string().nullable(),
  /** Why nothing can be sent there, if so. */
  undeliverable: z.string().nullable(),
  pricesIncludeTax: z.boolean(),
  options: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      shipping: Money,
      tax: Money,
      total: Money,
      taxLines: z.array(TaxLine),
    }),
  ),
})
export type PricePreview = z.infer<typeof PricePreview>

export const priceChangeAreas = ['promotion', 'tax', 'zone'] as const
export const ListPriceChanges = z.strictObject({
  about: z.enum(priceChangeAreas).optional(),
  /** Only what this person changed. */
  actor: z.string().max(64).optional(),
  limit: z.int().min(1).max(100).default(20),
  cursor: z.string().max(512).optional(),
})
export const PriceChange = z.object({
  id: z.string(),
  actor: z.string(),
  action: z.string(),
  /** The code or name it is about. */
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
  at: z.string(),
})
export type PriceChange = z.infer<typeof PriceChange>
