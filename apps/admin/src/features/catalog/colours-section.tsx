'use client'

import type { Colour } from '@souk/product/contract'
import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { IconButton } from '@souk/ui/icon-button'
import { SelectField } from '@souk/ui/select-field'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useFieldArray, useFormContext } from 'react-hook-form'
import { useApi } from '../../data/api.tsx'
import { NewColour } from './new-colour.tsx'
import type { ProductValues } from './product-values.ts'
import { Swatch } from './swatch.tsx'

/** The colours the product comes in. Those the shop knows already keep their name and shade everywhere. */
export function ColoursSection() {
  const api = useApi()
  const [isNew, setIsNew] = useState(false)
  const { control } = useFormContext<ProductValues>()
  const { fields, append, remove } = useFieldArray({ control, name: 'colours', keyName: 'key' })
  const shop = useQuery({ ...api.admin.product.list.queryOptions({ limit: 1 }), staleTime: 60_000 })
  const taken = new Set(fields.map((colour) => colour.slug))
  const known = (shop.data?.facets.colours ?? []).filter((colour) => !taken.has(colour.slug))
  const add = ({ slug, name, family, hex }: Colour) =>
    append({ slug, name, family, hex }, { shouldFocus: false })
  return (
    <Panel title="Colours">
      {fields.length === 0 ? (
        <p className="pb-4 text-ink-soft text-sm">
          None: the product is not offered by colour, and no colour filter finds it.
        </p>
      ) : (
        <ul className="flex flex-wrap gap-2 pb-4">
          {fields.map((colour, index) => (
            <li
              key={colour.key}
              className="flex items-center gap-2 rounded-control border border-line pl-3 text-sm"
            >
              <Swatch hex={colour.hex} />
              <span>{colour.name}</span>
              <IconButton
                icon={X}
                label={`Remove colour ${colour.name}`}
                className="size-9"
                onClick={() => remove(index)}
              />
            </li>
          ))}
        </ul>
      )}
      {isNew ? (
        <NewColour
          taken={taken}
          onCancel={() => setIsNew(false)}
          onAdd={(colour) => {
            add(colour)
            setIsNew(false)
          }}
        />
      ) : (
        <div className="flex flex-wrap items-end gap-3">
          <SelectField
            label="Add a colour of the shop"
            isOptional
            placeholder="Choose"
            value=""
            options={known.map(({ slug, name }) => ({ value: slug, label: name }))}
            onChange={(event) => {
              const chosen = known.find((colour) => colour.slug === event.target.value)
              if (chosen) add(chosen)
            }}
            fieldClassName="min-w-52"
          />
          <Button variant="secondary" size="small" onClick={() => setIsNew(true)}>
            New colour
          </Button>
        </div>
      )}
    </Panel>
  )
}
