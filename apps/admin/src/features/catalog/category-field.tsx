'use client'

import type { Product } from '@souk/product/contract'
import { Button } from '@souk/ui/button'
import { SelectField } from '@souk/ui/select-field'
import { TextField } from '@souk/ui/text-field'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import { useApi } from '../../data/api.tsx'
import { problemSentence } from '../../data/problem.ts'
import type { ProductValues } from './product-values.ts'

/** The category, or a new one made on the spot. */
export function CategoryField({ current }: { current: Product['category'] | undefined }) {
  const api = useApi()
  const [isNew, setIsNew] = useState(false)
  const { control } = useFormContext<ProductValues>()
  // Controlled, because its choices arrive after the form is there.
  const { field, fieldState } = useController({ control, name: 'category' })
  const categories = useQuery(api.product.categories.queryOptions())
  const loadError = categories.error && !categories.data ? problemSentence(categories.error) : undefined
  const known = categories.data?.items ?? []
  // The list may be a moment older than the product.
  const isCurrentMissing = current && !known.some((category) => category.slug === current.slug)
  const choices = isCurrentMissing ? [...known, current] : known
  return (
    <>
      <SelectField
        {...field}
        label="Category"
        placeholder={categories.isPending ? 'Loading' : 'Choose a category'}
        options={choices.map(({ slug, name }) => ({ value: slug, label: name }))}
        error={fieldState.error?.message ?? loadError}
      />
      {isNew ? (
        <NewCategory
          onCancel={() => setIsNew(false)}
          onMade={(slug) => {
            field.onChange(slug)
            setIsNew(false)
          }}
        />
      ) : (
        <div className="sm:pt-6.5">
          <Button variant="secondary" size="small" onClick={() => setIsNew(true)}>
            New category
          </Button>
        </div>
      )}
    </>
  )
}

function NewCategory({ onMade, onCancel }: { onMade: (slug: string) => void; onCancel: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const name = useRef<HTMLInputElement>(null)
  const create = useMutation(
    api.admin.category.create.mutationOptions({
      onSuccess: (made) => {
        queries.setQueryData(api.product.categories.queryKey(), (known) => ({
          items: [...(known?.items ?? []).filter((category) => category.slug !== made.slug), made],
        }))
        onMade(made.slug)
      },
    }),
  )
  const make = () => {
    const text = name.current?.value.trim()
    if (text && !create.isPending) create.mutate({ name: text })
  }
  return (
    <div className="flex flex-wrap items-end gap-2">
      <TextField
        ref={name}
        label="Name of the new category"
        autoFocus
        autoComplete="off"
        maxLength={80}
        error={create.error ? problemSentence(create.error) : undefined}
        fieldClassName="flex-1 basis-40"
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          // Enter belongs to this field and must not save the whole product.
          event.preventDefault()
          make()
        }}
      />
      <Button variant="secondary" size="small" isLoading={create.isPending} onClick={make}>
        Add category
      </Button>
      <Button variant="quiet" size="small" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}
