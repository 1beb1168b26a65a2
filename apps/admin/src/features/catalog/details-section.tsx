'use client'

import { Panel } from '@souk/ui/admin-page'
import { Checkbox } from '@souk/ui/checkbox'
import { SelectField } from '@souk/ui/select-field'
import { TextAreaField } from '@souk/ui/text-area-field'
import { TextField } from '@souk/ui/text-field'
import { useFormContext } from 'react-hook-form'
import type { ProductValues } from './product-values.ts'

const taxClasses = [
  { value: 'standard', label: 'Standard' },
  { value: 'reduced', label: 'Reduced' },
  { value: 'zero', label: 'Zero' },
]

export function DetailsSection() {
  const {
    register,
    formState: { errors },
  } = useFormContext<ProductValues>()
  return (
    <Panel title="Details">
      <div className="flex flex-col gap-4">
        <Checkbox label="Featured on the home page" {...register('featured')} />
        <TextField
          label="Address in the shop"
          isOptional
          autoComplete="off"
          spellCheck={false}
          hint="Made from the name when left blank. A change breaks old links."
          error={errors.slug?.message}
          {...register('slug')}
        />
        <SelectField
          label="Tax"
          options={taxClasses}
          error={errors.taxClass?.message}
          {...register('taxClass')}
        />
        <TextField
          label="Materials"
          isOptional
          autoComplete="off"
          hint="Separated by commas."
          error={errors.materials?.message}
          {...register('materials')}
        />
        <TextField
          label="Weight in grams"
          isOptional
          inputMode="numeric"
          autoComplete="off"
          error={errors.weightGrams?.message}
          className="figures"
          {...register('weightGrams')}
        />
        <TextAreaField
          label="Care"
          isOptional
          rows={3}
          error={errors.careInstructions?.message}
          {...register('careInstructions')}
        />
        <TextField
          label="Tags"
          isOptional
          autoComplete="off"
          hint="Words people search for, separated by commas."
          error={errors.tags?.message}
          {...register('tags')}
        />
      </div>
    </Panel>
  )
}
