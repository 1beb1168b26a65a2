'use client'

import { FieldError } from '@souk/ui/field'
import { IconButton } from '@souk/ui/icon-button'
import { TextField } from '@souk/ui/text-field'
import { Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useFormContext } from 'react-hook-form'
import { paths } from '../../paths.ts'
import type { ProductValues } from './product-values.ts'

export function VariantRow({
  index,
  label,
  isStray,
  isOnly,
  onRemove,
}: {
  index: number
  label: string
  /** Fits no combination of the options any more. */
  isStray: boolean
  isOnly: boolean
  onRemove: () => void
}) {
  const { register, getValues, formState } = useFormContext<ProductValues>()
  const errors = formState.errors.variants?.[index]
  const { isKnown, sku } = getValues(`variants.${index}`)
  const optionsError = errors?.options?.root?.message ?? errors?.options?.message
  return (
    <li className="p-4">
      <fieldset>
        <legend className="sr-only">Variant {label}</legend>
        <div className="flex items-center justify-between gap-3 pb-2">
          <p className="text-sm">
            <span className="font-medium">{label}</span>
            {isStray && (
              <span className="text-warning"> fits the options no more; remove it or put them back</span>
            )}
          </p>
          {!isOnly && (
            <IconButton
              icon={Trash2}
              label={`Remove variant ${label}`}
              className="-my-1.5 size-9"
              onClick={onRemove}
            />
          )}
        </div>
        {typeof optionsError === 'string' && <FieldError>{optionsError}</FieldError>}
        <div className="grid grid-cols-2 items-start gap-3 lg:grid-cols-[2fr_1fr_1fr_1.4fr]">
          <TextField
            label="SKU"
            autoComplete="off"
            spellCheck={false}
            readOnly={isKnown}
            hint={isKnown ? undefined : 'Cannot be changed later.'}
            error={errors?.sku?.message}
            fieldClassName="max-lg:col-span-2"
            className="read-only:bg-surface"
            {...register(`variants.${index}.sku`)}
          />
          <TextField
            label="Own price in €"
            isOptional
            inputMode="decimal"
            autoComplete="off"
            error={errors?.price?.message}
            className="figures"
            {...register(`variants.${index}.price`)}
          />
          {isKnown ? (
            <p className="flex flex-col gap-1.5 text-sm">
              <span className="font-medium">Stock</span>
              <Link href={paths.stock({ q: sku })} className="link flex min-h-9 items-center">
                See and adjust
              </Link>
            </p>
          ) : (
            <TextField
              label="Initial stock"
              isOptional
              inputMode="numeric"
              autoComplete="off"
              placeholder="0"
              error={errors?.stock?.message}
              className="figures"
              {...register(`variants.${index}.stock`)}
            />
          )}
          <TextField
            label="Barcode"
            isOptional
            inputMode="numeric"
            autoComplete="off"
            error={errors?.barcode?.message}
            fieldClassName="max-lg:col-span-2"
            className="figures"
            {...register(`variants.${index}.barcode`)}
          />
        </div>
      </fieldset>
    </li>
  )
}
