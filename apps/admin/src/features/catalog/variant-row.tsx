'use client'

import { cx } from '@souk/ui/class-names'
import { FieldError } from '@souk/ui/field'
import { IconButton } from '@souk/ui/icon-button'
import { TextField } from '@souk/ui/text-field'
import { Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useFormContext } from 'react-hook-form'
import { paths } from '../../paths.ts'
import type { ProductValues } from './product-values.ts'

const columns =
  '@min-[45rem]:grid @min-[45rem]:grid-cols-[minmax(5rem,1fr)_minmax(10rem,1.5fr)_5rem_4rem_8.5rem_4rem_2.25rem] @min-[45rem]:gap-2.5'

/** The names of the columns, where there is room for a row per variant. Each field still has its own label. */
export function VariantHeader() {
  return (
    <div
      aria-hidden="true"
      className={cx('hidden border-line border-b px-4 py-2 text-dense text-ink-soft', columns)}
    >
      <span>Variant</span>
      <span>SKU</span>
      <span>Own price</span>
      <span>Stock</span>
      <span>Barcode</span>
      <span>Grams</span>
    </div>
  )
}

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
    <li>
      <fieldset
        className={cx(
          'relative grid grid-cols-2 items-start gap-3 px-4 py-3 @min-[45rem]:items-center @min-[45rem]:[&_label]:sr-only',
          columns,
        )}
      >
        <legend className="sr-only">Variant {label}</legend>
        <div className="min-w-0 text-sm @max-[45rem]:col-span-2 @max-[45rem]:pr-10">
          <p className="font-medium">{label}</p>
          {isStray && <p className="text-dense text-warning">Fits the options no more</p>}
          {typeof optionsError === 'string' && <FieldError>{optionsError}</FieldError>}
        </div>
        <TextField
          label="SKU"
          autoComplete="off"
          spellCheck={false}
          readOnly={isKnown}
          title={isKnown ? 'A SKU cannot be changed' : undefined}
          error={errors?.sku?.message}
          fieldClassName="@max-[45rem]:col-span-2"
          className="font-mono read-only:border-line read-only:bg-surface"
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
          <p className="text-sm @max-[45rem]:flex @max-[45rem]:flex-col @max-[45rem]:gap-1.5">
            <span className="font-medium @min-[45rem]:sr-only">Stock</span>
            <Link
              href={paths.stock({ q: sku })}
              aria-label={`Stock of ${label}`}
              className="link inline-flex min-h-9 items-center"
            >
              Adjust
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
          fieldClassName="@max-[45rem]:col-span-2"
          className="figures"
          {...register(`variants.${index}.barcode`)}
        />
        <TextField
          label="Own weight in grams"
          isOptional
          inputMode="numeric"
          autoComplete="off"
          error={errors?.weightGrams?.message}
          fieldClassName="@max-[45rem]:col-span-2"
          className="figures"
          {...register(`variants.${index}.weightGrams`)}
        />
        {!isOnly && (
          <IconButton
            icon={Trash2}
            label={`Remove variant ${label}`}
            className="size-9 @max-[45rem]:absolute @max-[45rem]:top-1.5 @max-[45rem]:right-2"
            onClick={onRemove}
          />
        )}
      </fieldset>
    </li>
  )
}
