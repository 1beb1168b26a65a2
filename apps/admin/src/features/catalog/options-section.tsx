'use client'

import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { FieldError } from '@souk/ui/field'
import { IconButton } from '@souk/ui/icon-button'
import { TextField } from '@souk/ui/text-field'
import { Trash2 } from 'lucide-react'
import { useFieldArray, useFormContext } from 'react-hook-form'
import { OptionValuesField } from './option-values-field.tsx'
import type { ProductValues } from './product-values.ts'

const maxOptions = 2

/** What else a customer chooses besides the colour, such as the size. */
export function OptionsSection() {
  const {
    control,
    register,
    formState: { errors },
  } = useFormContext<ProductValues>()
  const { fields, append, remove } = useFieldArray({ control, name: 'options', keyName: 'key' })
  return (
    <Panel title="Options">
      <div className="flex flex-col gap-4">
        {fields.length === 0 && (
          <p className="text-ink-soft text-sm">
            None besides the colour. Add one, such as size, when a customer has to choose.
          </p>
        )}
        {fields.map((option, index) => (
          <fieldset
            key={option.key}
            className="grid items-start gap-4 border-line border-b pb-4 sm:grid-cols-[14rem_1fr]"
          >
            <legend className="sr-only">Option {index + 1}</legend>
            <div className="flex items-start gap-1">
              <TextField
                label="Option name"
                autoComplete="off"
                placeholder="Size"
                error={errors.options?.[index]?.name?.message}
                fieldClassName="flex-1"
                {...register(`options.${index}.name`)}
              />
              <IconButton
                icon={Trash2}
                label={`Remove option ${index + 1}`}
                className="mt-6.5 size-9"
                onClick={() => remove(index)}
              />
            </div>
            <OptionValuesField index={index} />
          </fieldset>
        ))}
        {errors.options?.root?.message && <FieldError>{errors.options.root.message}</FieldError>}
        {fields.length < maxOptions && (
          <div>
            <Button
              variant="secondary"
              size="small"
              onClick={() => append({ code: '', name: '', values: [] })}
            >
              Add option
            </Button>
          </div>
        )}
      </div>
    </Panel>
  )
}
