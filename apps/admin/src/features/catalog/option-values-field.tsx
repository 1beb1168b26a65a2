'use client'

import { Button } from '@souk/ui/button'
import { IconButton } from '@souk/ui/icon-button'
import { TextField } from '@souk/ui/text-field'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import type { ProductValues } from './product-values.ts'

/** The values of one option. Commas may be part of a value (`S, 14 cm`), so each is added by itself. */
export function OptionValuesField({ index }: { index: number }) {
  const { control, setValue, formState } = useFormContext<ProductValues>()
  const values = useWatch({ control, name: `options.${index}.values` })
  const [text, setText] = useState('')
  const write = (next: string[]) =>
    setValue(`options.${index}.values`, next, { shouldDirty: true, shouldValidate: formState.isSubmitted })
  const isTwin = values.some((value) => value.toLowerCase() === text.trim().toLowerCase())
  const add = () => {
    if (!text.trim() || isTwin) return
    write([...values, text.trim()])
    setText('')
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex items-start gap-2">
        <TextField
          label="Add a value"
          autoComplete="off"
          maxLength={60}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            // Enter adds the value and must not save the whole product.
            event.preventDefault()
            add()
          }}
          error={isTwin ? 'This value is there already.' : formState.errors.options?.[index]?.values?.message}
          fieldClassName="flex-1"
        />
        <Button variant="secondary" size="small" className="mt-6.5" onClick={add}>
          Add
        </Button>
      </div>
      {values.length > 0 && (
        <ul aria-label="Values" className="flex flex-wrap gap-2">
          {values.map((value) => (
            <li key={value} className="flex items-center rounded-control border border-line pl-3 text-sm">
              {value}
              <IconButton
                icon={X}
                label={`Remove value ${value}`}
                className="size-9"
                onClick={() => write(values.filter((other) => other !== value))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
