import type { Product, Variant } from '@souk/product/contract'
import { cx } from '@souk/ui/class-names'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { Swatch } from '../../swatch.tsx'
import { variantWith } from './product-view.ts'

type OptionPickerProps = { product: Product; variant: Variant }
type Option = Product['options'][number]

/** The choices are links: the variant is in the address, and choosing one needs no script. */
export function OptionPicker({ product, variant }: OptionPickerProps) {
  return (
    <div className="flex flex-col gap-6">
      {product.options
        .filter(({ values }) => values.length > 1)
        .map((option) => (
          <OptionChoice key={option.code} product={product} variant={variant} option={option} />
        ))}
    </div>
  )
}

function OptionChoice({ product, variant, option }: OptionPickerProps & { option: Option }) {
  const current = option.values.find(({ code }) => code === variant.options[option.code])
  const headingId = `option-${option.code}`
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId} className="mb-2 text-base">
        <span className="text-ink-soft">{option.name}</span>{' '}
        <span className="font-medium">{current?.name}</span>
      </h2>
      <ul className="flex flex-wrap gap-2">
        {option.values.map((value) => (
          <li key={value.code}>
            <OptionLink product={product} variant={variant} option={option} value={value} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function OptionLink({
  product,
  variant,
  option,
  value,
}: OptionPickerProps & { option: Option; value: Option['values'][number] }) {
  const target = variantWith(product, variant.options, option.code, value.code)
  const colour = product.colours.find(({ slug }) => option.code === 'colour' && slug === value.code)
  const isCurrent = variant.options[option.code] === value.code
  const note = target === undefined ? ', not made in this combination' : (stockNote(target) ?? '')
  const query = new URLSearchParams({ ...(target?.options ?? variant.options), [option.code]: value.code })
  return (
    <Link
      href={`${paths.product(product.slug)}?${query}`}
      replace
      scroll={false}
      aria-current={isCurrent ? 'true' : undefined}
      aria-label={`${value.name}${note}`}
      className={cx(
        'relative inline-flex min-h-11 items-center gap-2 rounded-control border px-3 transition-colors',
        isCurrent ? 'border-ink ring-1 ring-ink' : 'border-edge hover:border-ink',
        !target?.available && 'text-ink-soft line-through decoration-1',
      )}
    >
      {colour && <Swatch hex={colour.hex} isClear={colour.family === 'clear'} className="size-5" />}
      {value.name}
    </Link>
  )
}

/** For those who hear the choices: what stands beside the price of each. */
function stockNote(variant: Variant): string | undefined {
  if (!variant.available) return ', sold out'
  return variant.shipsLater ? ', ships later' : undefined
}
