import type { Facets } from '@souk/product/contract'
import type { ChangeEventHandler } from 'react'

type CategoryChoicesProps = { facets: Facets; chosen: string; onChange: ChangeEventHandler<HTMLInputElement> }

export function CategoryChoices({ facets, chosen, onChange }: CategoryChoicesProps) {
  const options = [{ slug: '', name: 'All', count: undefined }, ...facets.categories]
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Category</legend>
      {options.map(({ slug, name, count }) => (
        <label
          key={slug}
          className="relative flex min-h-11 items-center gap-3 rounded-control text-ink-soft hover:text-ink has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-focus lg:min-h-9"
        >
          <input
            type="radio"
            name="category"
            value={slug}
            checked={slug === chosen}
            onChange={onChange}
            className="peer absolute inset-0 m-0 cursor-pointer opacity-0"
          />
          <span
            aria-hidden="true"
            className="h-px w-4 bg-edge transition-colors peer-checked:h-0.5 peer-checked:bg-accent"
          />
          <span>{name}</span>
          {count !== undefined && <span className="figures ml-auto text-ink-soft text-sm">{count}</span>}
        </label>
      ))}
    </fieldset>
  )
}
