import type { z } from 'zod'
import type { Colour, Option, VariantInput } from '../contract.ts'
import { invalidField } from './product.ts'
import { codeFor, displayName, slugify } from './slug.ts'

type OptionList = z.infer<typeof Option>[]
type Value = OptionList[number]['values'][number]

export type ShapedVariant = {
  id: string
  sku: string
  options: Record<string, string>
  optionsLabel: string
  priceMinor: number | null
  barcode: string | null
  weightGrams: number | null
  /** Null for a variant that exists: its stock is inventory's. */
  initialStock: number | null
}
export type Shape = { options: OptionList; colours: Colour[]; variants: ShapedVariant[] }

/** What is known when variants are read: the product as it is, colours named beside them, the palette. */
export type Known = {
  options: OptionList
  colours: readonly Colour[]
  palette: ReadonlyMap<string, Colour>
  variants: readonly { id: string; sku: string; barcode: string | null; ownWeightGrams: number | null }[]
}

/**
 * Reads variants whose options may be given as names or codes (`Oat` or `oat`): every value gets a code and
 * keeps the name that people see. A variant is the same as before when its SKU is.
 */
export function shapeVariants(given: readonly VariantInput[], known: Known, newId: () => string): Shape {
  assertDistinctSkus(given)
  const rows = given.map((variant) => readValues(variant, known))
  const options = collectOptions(rows, known)
  assertSameOptions(rows, options)
  const before = new Map(known.variants.map((variant) => [variant.sku.toLowerCase(), variant]))
  const variants = given.map((variant, index): ShapedVariant => {
    const chosen = options.map((option) => ({ option: option.code, ...chosenValue(rows[index], option) }))
    const same = before.get(variant.sku.toLowerCase())
    return {
      id: same?.id ?? newId(),
      sku: same?.sku ?? variant.sku,
      options: Object.fromEntries(chosen.map((value) => [value.option, value.code])),
      optionsLabel: chosen.map((value) => value.name).join(' / '),
      priceMinor: variant.price?.amount ?? null,
      barcode: variant.barcode ?? same?.barcode ?? null,
      weightGrams: variant.weightGrams === undefined ? (same?.ownWeightGrams ?? null) : variant.weightGrams,
      initialStock: same ? null : (variant.stock ?? 0),
    }
  })
  return { options, colours: coloursOf(options, known), variants }
}

/** Slugs under which the palette may know the colours of a request. */
export function colourSlugsOf(given: readonly VariantInput[]): string[] {
  const texts = given.flatMap((variant) => (variant.options.colour ? [variant.options.colour] : []))
  return [...new Set(texts.map(codeFor))]
}

function assertDistinctSkus(given: readonly VariantInput[]): void {
  const seen = new Set<string>()
  given.forEach(({ sku }, index) => {
    const key = sku.toLowerCase()
    if (seen.has(key)) throw invalidField(`variants.${index}.sku`, `The SKU ${sku} stands twice here`)
    seen.add(key)
  })
}

type Row = ReadonlyMap<string, Value>

function readValues(variant: VariantInput, known: Known): Row {
  const entries = Object.entries(variant.options)
  return new Map(entries.map(([option, text]) => [option, readValue(option, text, known)]))
}

function readValue(option: string, text: string, known: Known): Value {
  const isMeant = (code: string, name: string) => code === text || name.toLowerCase() === text.toLowerCase()
  if (option === 'colour') {
    const colour = known.colours.find((candidate) => isMeant(candidate.slug, candidate.name))
    if (colour) return { code: colour.slug, name: colour.name }
  }
  const before = known.options.find((candidate) => candidate.code === option)?.values ?? []
  const code = codeFor(text)
  const same =
    before.find((value) => isMeant(value.code, value.name)) ?? before.find((value) => value.code === code)
  if (same) return same
  const paletteName = option === 'colour' ? known.palette.get(code)?.name : undefined
  return { code, name: paletteName ?? displayName(text) }
}

/** Options and values in the order in which the variants name them first; one code has one name. */
function collectOptions(rows: readonly Row[], known: Known): OptionList {
  const found = new Map<string, Map<string, Value>>()
  for (const row of rows) {
    for (const [option, value] of row) {
      const values = found.get(option) ?? new Map<string, Value>()
      found.set(option, values)
      if (!values.has(value.code)) values.set(value.code, { code: value.code, name: value.name })
    }
  }
  return [...found].map(([code, values]) => ({
    code,
    name:
      known.options.find((option) => option.code === code)?.name ?? displayName(code.replaceAll('_', '-')),
    values: [...values.values()],
  }))
}

function assertSameOptions(rows: readonly Row[], options: OptionList): void {
  const seen = new Map<string, number>()
  rows.forEach((row, index) => {
    const missing = options.find((option) => !row.has(option.code))
    if (missing)
      throw invalidField(`variants.${index}.options.${missing.code}`, 'Other variants have this option')
    const key = options.map((option) => row.get(option.code)?.code).join('\n')
    const twin = seen.get(key)
    if (twin !== undefined) {
      throw invalidField(`variants.${index}.options`, `Variant ${twin + 1} has the same options`)
    }
    seen.set(key, index)
  })
}

function chosenValue(row: Row | undefined, option: OptionList[number]): Value {
  const code = row?.get(option.code)?.code
  return option.values.find((value) => value.code === code) ?? { code: '', name: '' }
}

const unknownColour = { family: 'grey', hex: '#8c8984' } as const

/** Those its variants come in; without a colour option those the product was said to have. */
function coloursOf(options: OptionList, known: Known): Colour[] {
  const named = known.colours.map((colour) => ({
    ...colour,
    family: slugify(colour.family, 40) || unknownColour.family,
    hex: colour.hex.toLowerCase(),
  }))
  const option = options.find((candidate) => candidate.code === 'colour')
  if (!option) return named
  return option.values.map(
    (value) =>
      named.find((colour) => colour.slug === value.code) ??
      known.palette.get(value.code) ?? { slug: value.code, name: value.name, ...unknownColour },
  )
}
