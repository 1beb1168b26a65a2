'use client'

import { Panel } from '@souk/ui/admin-page'
import { TextAreaField } from '@souk/ui/text-area-field'
import { TextField } from '@souk/ui/text-field'
import { useFormContext } from 'react-hook-form'
import { CategoryField } from './category-field.tsx'
import type { ProductValues } from './product-values.ts'

export function BasicsSection() {
  const {
    register,
    formState: { errors },
  } = useFormContext<ProductValues>()
  return (
    <Panel title="Basics">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          autoComplete="off"
          error={errors.name?.message}
          fieldClassName="sm:col-span-2"
          {...register('name')}
        />
        <TextField
          label="Short description"
          isOptional
          autoComplete="off"
          hint="One sentence for lists."
          error={errors.shortDescription?.message}
          fieldClassName="sm:col-span-2"
          {...register('shortDescription')}
        />
        <TextAreaField
          label="Description"
          isOptional
          rows={6}
          error={errors.description?.message}
          fieldClassName="sm:col-span-2"
          {...register('description')}
        />
        <CategoryField />
        <div className="hidden sm:block" />
        <TextField
          label="Price in €"
          inputMode="decimal"
          autoComplete="off"
          hint="Tax included."
          error={errors.price?.message}
          className="figures"
          {...register('price')}
        />
        <TextField
          label="Former price in €"
          isOptional
          inputMode="decimal"
          autoComplete="off"
          hint="Shown struck through beside the price."
          error={errors.compareAtPrice?.message}
          className="figures"
          {...register('compareAtPrice')}
        />
      </div>
    </Panel>
  )
}
