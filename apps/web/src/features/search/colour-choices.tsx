import type { Facets } from '@souk/product/contract'
import { cx } from '@souk/ui/class-names'
import type { ChangeEventHandler } from 'react'
import { familyTones, inPaintOrder } from '../../colour-families.ts'
import { Swatch } from '../../swatch.tsx'

type ColourChoicesProps = {
  facets: Facets
  chosen: readonly string[]
  onChange: ChangeEventHandler<HTMLInputElement>
}

/** Families of colour as swatches; a single colour that the address names is offered beside them. */
export function ColourChoices({ facets, chosen, onChange }: ColourChoicesProps) {
  const families = inPaintOrder(facets.families).map(({ slug, name, count }) => ({
    slug,
    name,
    count,
    hex: familyTones[slug] ?? facets.colours.find(({ family }) => family === slug)?.hex ?? '#cccccc',
  }))
  const known = new Set(families.map(({ slug }) => slug))
  const single = facets.colours.filter(({ slug }) => chosen.includes(slug) && !known.has(slug))
  return (
    <fieldset>
      <legend className="mb-2 font-medium">Colour</legend>
      <div className="grid grid-cols-2 gap-x-4">
        {[...families, ...single].map(({ slug, name, count, hex }) => (
          <label
            key={slug}
            className="relative flex min-h-11 items-center gap-2.5 rounded-control text-ink-soft hover:text-ink has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-focus lg:min-h-9"
          >
            <input
              type="checkbox"
              name="colour"
              value={slug}
              checked={chosen.includes(slug)}
              onChange={onChange}
              className="peer absolute inset-0 m-0 cursor-pointer opacity-0"
            />
            <Swatch
              hex={hex}
              isClear={slug === 'clear'}
              className={cx(
                'size-5 outline-offset-2',
                'peer-checked:outline-2 peer-checked:outline-ink peer-checked:outline-solid',
              )}
            />
            <span className="min-w-0 truncate">{name}</span>
            <span className="figures ml-auto text-sm">{count}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
