/** One option of a product, such as size, with the values it comes in. */
export type Axis = { code: string; values: readonly string[] }
export type Combination = Record<string, string>
type WithOptions = { options: Combination }

/** Every combination of the values, the first option varying slowest; none when an option has no value. */
export function combinationsOf(axes: readonly Axis[]): Combination[] {
  return axes.reduce<Combination[]>(
    (made, axis) =>
      made.flatMap((options) => axis.values.map((value) => ({ ...options, [axis.code]: value }))),
    [{}],
  )
}

/** One text per combination, whatever the order of its keys. */
export function combinationKey(options: Combination): string {
  return JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export type Comparison<Row> = { missing: Combination[]; stray: Row[] }

/** Which combinations no variant covers yet, and which variants fit no combination any more. */
export function compareVariants<Row extends WithOptions>(
  axes: readonly Axis[],
  variants: readonly Row[],
): Comparison<Row> {
  const wanted = new Map(combinationsOf(axes).map((options) => [combinationKey(options), options]))
  const covered = new Set(variants.map((variant) => combinationKey(variant.options)))
  return {
    missing: [...wanted].filter(([key]) => !covered.has(key)).map(([, options]) => options),
    stray: variants.filter((variant) => !wanted.has(combinationKey(variant.options))),
  }
}

const longestSku = 64

/** A SKU in the house's style: `SK-TARMUG-OAT`, made unique with a number where needed. */
export function suggestSku(
  productName: string,
  axes: readonly Axis[],
  options: Combination,
  taken: ReadonlySet<string>,
): string {
  const words = plain(productName).split(' ').filter(Boolean)
  const base =
    words
      .slice(0, 2)
      .map((word) => word.slice(0, 3))
      .join('') || 'NEW'
  const parts = axes.map((axis) => abbreviate(options[axis.code] ?? '')).filter(Boolean)
  const sku = ['SK', base, ...parts].join('-').slice(0, longestSku - 4)
  if (!taken.has(sku)) return sku
  let number = 2
  while (taken.has(`${sku}-${number}`)) number += 1
  return `${sku}-${number}`
}

/** `Dinner 27` becomes `DIN27`, `Oat` becomes `OAT`, and of `S, 14 cm` the `S` is enough. */
function abbreviate(value: string): string {
  const words = plain(value.split(',')[0] ?? '')
    .split(' ')
    .filter(Boolean)
  return words
    .map((word) => (/^\d/.test(word) ? word : word.slice(0, 3)))
    .join('')
    .slice(0, 12)
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toUpperCase()
}
