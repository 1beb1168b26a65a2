'use client'

import type { Category, Product } from '@souk/product/contract'
import { Button } from '@souk/ui/button'
import { SelectField } from '@souk/ui/select-field'
import { TextField } from '@souk/ui/text-field'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import { useApi } from '../../data/api.tsx'
import { problemSentence } from '../../data/problem.ts'
import type { ProductValues } from './product-values.ts'

/** The category, a new one made on the spot, or another name for it. */
export function CategoryField({ current }: { current: Product['category'] | undefined }) {
  const api = useApi()
  const [isNew, setIsNew] = useState(false)
  const [isRenaming, setIsRenaming] = useState(false)
  const { control } = useFormContext<ProductValues>()
  // Controlled, because its choices arrive after the form is there.
  const { field, fieldState } = useController({ control, name: 'category' })
  const categories = useQuery(api.product.categories.queryOptions())
  const loadError = categories.error && !categories.data ? problemSentence(categories.error) : undefined
  const known = categories.data?.items ?? []
  const chosen = known.find((category) => category.slug === field.value)
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
      {isRenaming && chosen ? (
        <RenameCategory category={chosen} onDone={() => setIsRenaming(false)} />
      ) : isNew ? (
        <NewCategory
          onCancel={() => setIsNew(false)}
          onMade={(slug) => {
            field.onChange(slug)
            setIsNew(false)
          }}
        />
      ) : (
        <div className="flex flex-wrap gap-2 sm:pt-6.5">
          <Button variant="secondary" size="small" onClick={() => setIsNew(true)}>
            New category
          </Button>
          {chosen && (
            <Button variant="quiet" size="small" onClick={() => setIsRenaming(true)}>
              Rename<span className="sr-only"> {chosen.name}</span>
            </Button>
          )}
        </div>
      )}
    </>
  )
}

function NewCategory({ onMade, onCancel }: { onMade: (slug: string) => void; onCancel: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
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
  return (
    <NameForm
      label="Name of the new category"
      action="Add category"
      isBusy={create.isPending}
      error={create.error}
      onName={(name) => create.mutate({ name })}
      onCancel={onCancel}
    />
  )
}

/** The same for every product in it; its address in the shop stays. */
function RenameCategory({ category, onDone }: { category: Category; onDone: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const rename = useMutation(
    api.admin.category.update.mutationOptions({
      onSuccess: (renamed) => {
        queries.setQueryData(api.product.categories.queryKey(), (known) => ({
          items: (known?.items ?? []).map((each) => (each.id === renamed.id ? renamed : each)),
        }))
        onDone()
      },
    }),
  )
  return (
    <NameForm
      label="New name of the category"
      action="Rename category"
      name={category.name}
      isBusy={rename.isPending}
      error={rename.error}
      onName={(name) => rename.mutate({ id: category.id, name })}
      onCancel={onDone}
    />
  )
}

function NameForm(props: {
  label: string
  action: string
  name?: string
  isBusy: boolean
  error: unknown
  onName: (name: string) => void
  onCancel: () => void
}) {
  const name = useRef<HTMLInputElement>(null)
  const send = () => {
    const text = name.current?.value.trim()
    if (text && !props.isBusy) props.onName(text)
  }
  return (
    <div className="flex flex-wrap items-end gap-2">
      <TextField
        ref={name}
        label={props.label}
        defaultValue={props.name}
        autoFocus
        autoComplete="off"
        maxLength={80}
        error={props.error ? problemSentence(props.error) : undefined}
        fieldClassName="flex-1 basis-40"
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          // Enter belongs to this field and must not save the whole product.
          event.preventDefault()
          send()
        }}
      />
      <Button variant="secondary" size="small" isLoading={props.isBusy} onClick={send}>
        {props.action}
      </Button>
      <Button variant="quiet" size="small" onClick={props.onCancel}>
        Cancel
      </Button>
    </div>
  )
}
