'use client'

import { Panel } from '@souk/ui/admin-page'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { FieldError } from '@souk/ui/field'
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form'
import { countText } from '../../frame/format.ts'
import { axesOf, emptyVariant, type ProductValues } from './product-values.ts'
import { combinationKey, compareVariants, suggestSku } from './variant-combinations.ts'
import { VariantHeader, VariantRow } from './variant-row.tsx'

const maxVariants = 100

export function VariantsSection() {
  const { control, getValues, formState } = useFormContext<ProductValues>()
  const list = useFieldArray({ control, name: 'variants', keyName: 'key' })
  const [colours, options, variants] = useWatch({ control, name: ['colours', 'options', 'variants'] })
  const axes = axesOf({ colours, options })
  const { missing, stray } = compareVariants(axes, variants)
  const strayKeys = new Set(stray.map((variant) => combinationKey(variant.options)))
  // A row that was never saved and fits nothing any more is only in the way.
  const keptCount = variants.filter(
    (one) => one.isKnown || !strayKeys.has(combinationKey(one.options)),
  ).length

  const generate = () => {
    const kept = getValues('variants').filter(
      (one) => one.isKnown || !strayKeys.has(combinationKey(one.options)),
    )
    const taken = new Set(kept.map((one) => one.sku))
    const made = missing.map((combination) => {
      const sku = suggestSku(getValues('name'), axes, combination, taken)
      taken.add(sku)
      return { ...emptyVariant, sku, options: combination }
    })
    list.replace([...kept, ...made])
  }
  const problem = formState.errors.variants?.message ?? formState.errors.variants?.root?.message
  const labelOf = ({ options: chosen }: ProductValues['variants'][number]) => {
    const codes = new Set([...axes.map((axis) => axis.code), ...Object.keys(chosen)])
    const parts = [...codes].flatMap((code) => {
      const value = chosen[code]
      if (value === undefined) return []
      return code === 'colour' ? (colours.find((one) => one.slug === value)?.name ?? value) : value
    })
    return parts.join(' / ') || 'The only variant'
  }

  return (
    <Panel
      title="Variants"
      isFlush
      aside={
        <span className="text-dense text-ink-soft">{countText(variants.length, 'variant', 'variants')}</span>
      }
    >
      {missing.length > 0 && (
        <div className="p-4 pb-0">
          <Alert
            title={`${countText(missing.length, 'combination has', 'combinations have')} no variant yet`}
            actions={
              <Button
                variant="secondary"
                size="small"
                onClick={generate}
                disabledReason={
                  keptCount + missing.length > maxVariants
                    ? `A product has ${maxVariants} variants at most`
                    : undefined
                }
              >
                Make {countText(missing.length, 'variant', 'variants')}
              </Button>
            }
          />
        </div>
      )}
      {problem && (
        <div className="px-4 pt-4">
          <FieldError>{problem}</FieldError>
        </div>
      )}
      <div className="@container">
        <VariantHeader />
        <ul className="divide-y divide-line max-xl:border-line max-xl:border-t">
          {list.fields.map((field, index) => (
            <VariantRow
              key={field.key}
              index={index}
              label={labelOf(field)}
              isStray={strayKeys.has(combinationKey(field.options))}
              isOnly={list.fields.length === 1}
              onRemove={() => list.remove(index)}
            />
          ))}
        </ul>
      </div>
    </Panel>
  )
}
