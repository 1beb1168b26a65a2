'use client'

import { Button } from '@souk/ui/button'
import { SelectField } from '@souk/ui/select-field'
import { TextField } from '@souk/ui/text-field'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useFormContext } from 'react-hook-form'
import { useApi } from '../../data/api.tsx'
import { problemSentence } from '../../data/problem.ts'
import type { ProductValues } from './product-values.ts'

/** The category, or a new one made on the spot. */
export function CategoryField() {
  const api = useApi()
  const queries = useQueryClient()
  const [isNew, setIsNew] = useState(false)
  const name = useRef<HTMLInputElement>(null)
  const { register, setValue, formState } = useFormContext<ProductValues>()
  const categories = useQuery(api.product.categories.queryOptions())
  const create = useMutation(
    api.admin.category.create.mutationOptions({
      onSuccess: async (made) => {
        queries.setQueryData(api.product.categories.queryKey(), (known) => ({
          items: [...(known?.items ?? []).filter((category) => category.slug !== made.slug), made],
        }))
        setIsNew(false)
        // After the list has the new choice, or the browser would show none.
        requestAnimationFrame(() =>
          setValue('category', made.slug, { shouldDirty: true, shouldValidate: true }),
        )
      },
    }),
  )
  const make = () => {
    const text = name.current?.value.trim()
    if (text && !create.isPending) create.mutate({ name: text })
  }
  return (
    <div className="flex flex-col items-start gap-2">
      <SelectField
        label="Category"
        placeholder={categories.isPending ? 'Loading' : 'Choose a category'}
        options={(categories.data?.items ?? []).map(({ slug, name: label }) => ({ value: slug, label }))}
        error={
          formState.errors.category?.message ??
          (categories.error && !categories.data ? problemSentence(categories.error) : undefined)
        }
        fieldClassName="w-full"
        {...register('category')}
      />
      {isNew ? (
        <div className="flex w-full flex-wrap items-end gap-2">
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
          <Button variant="quiet" size="small" onClick={() => setIsNew(false)}>
            Cancel
          </Button>
        </div>
      ) : (
        <Button variant="quiet" size="small" className="-ml-3" onClick={() => setIsNew(true)}>
          New category
        </Button>
      )}
    </div>
  )
}
