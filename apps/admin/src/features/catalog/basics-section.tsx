'use client'

import type { Product } from '@souk/product/contract'
import { Panel } from '@souk/ui/admin-page'
import { TextAreaField } from '@souk/ui/text-area-field'
import { TextField } from '@souk/ui/text-field'
import { useFormContext } from 'react-hook-form'
import { CategoryField } from './category-field.tsx'
import { axesOf, type ProductValues } from './product-values.ts'
import { suggestSku } from './variant-combinations.ts'

export function BasicsSection({ category }: { category: Product['category'] | undefined }) {
  const {
    register,
    getValues,
    setValue,
    formState: { errors },
  } = useFormContext<ProductValues>()
  /** Once the name is there, variants without a SKU get one that can still be changed. */
  const suggestSkus = () => {
    const { name, variants, ...values } = getValues()
    const taken = new Set(variants.map((variant) => variant.sku))
    variants.forEach((variant, index) => {
      if (variant.sku || !name.trim()) return
      const sku = suggestSku(name, axesOf(values), variant.options, taken)
      taken.add(sku)
      setValue(`variants.${index}.sku`, sku, { shouldDirty: true })
    })
  }
  return (
    <Panel title="Basics">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          autoComplete="off"
          error={errors.name?.message}
          fieldClassName="sm:col-span-2"
          {...register('name', { onBlur: suggestSkus })}
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
        <CategoryField current={category} />
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
