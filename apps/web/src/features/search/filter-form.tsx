'use client'

import type { Facets } from '@souk/product/contract'
import { buttonClass } from '@souk/ui/button-class'
import { Checkbox } from '@souk/ui/checkbox'
import { type ChangeEvent, useState } from 'react'
import { CategoryChoices } from './category-choices.tsx'
import { ColourChoices } from './colour-choices.tsx'
import { useListingNavigation } from './listing-navigation.tsx'
import { PriceChoice } from './price-choice.tsx'
import { filtersQuery, type ProductFilters, pageSize, parseFilters } from './product-filters.ts'

export type FilterFormProps = {
  /** The address of the list without its filters. */
  basePath: string
  filters: ProductFilters
  facets: Facets
  /** A category's own page does not offer others. */
  hasCategories: boolean
  id?: string
}

/** A plain form that any browser can send; with a script every choice is taken over at once. */
export function FilterForm({ basePath, filters, facets, hasCategories, id }: FilterFormProps) {
  const { go } = useListingNavigation()
  const address = filtersQuery({ ...filters, shown: pageSize })
  // What was pressed shows at once; the address, once it has followed, has the last word.
  const [{ chosen, seen }, setState] = useState({ chosen: filters, seen: address })
  if (seen !== address) setState({ chosen: filters, seen: address })

  function apply(form: HTMLFormElement | null): void {
    if (!form) return
    const next = { ...parseFilters(formParams(form)), sort: filters.sort }
    const query = filtersQuery({ ...next, shown: pageSize })
    if (query === filtersQuery({ ...chosen, shown: pageSize })) return
    setState({ chosen: next, seen: address })
    go(`${basePath}${query}`)
  }
  const press = (event: ChangeEvent<HTMLInputElement>) => apply(event.target.form)

  return (
    <form
      id={id}
      action={basePath}
      className="flex flex-col gap-8"
      onSubmit={(event) => {
        event.preventDefault()
        apply(event.currentTarget)
      }}
    >
      {filters.q && <input type="hidden" name="q" value={filters.q} />}
      <ColourChoices facets={facets} chosen={chosen.colours} onChange={press} />
      {hasCategories && facets.categories.length > 0 && (
        <CategoryChoices facets={facets} chosen={chosen.category} onChange={press} />
      )}
      <PriceChoice filters={filters} range={facets.price} onDone={apply} />
      <fieldset>
        <legend className="mb-1 font-medium">Availability</legend>
        <Checkbox
          name="stock"
          value="in"
          checked={chosen.isInStock}
          onChange={press}
          label={
            <>
              In stock <span className="figures text-ink-soft">{facets.inStock}</span>
            </>
          }
        />
      </fieldset>
      <noscript>
        <button type="submit" className={buttonClass({ variant: 'secondary', isWide: true })}>
          Show products
        </button>
      </noscript>
    </form>
  )
}

function formParams(form: HTMLFormElement): Record<string, string[]> {
  const params: Record<string, string[]> = {}
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') params[name] = [...(params[name] ?? []), value]
  }
  return params
}
