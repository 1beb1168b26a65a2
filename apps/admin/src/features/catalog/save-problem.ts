import type { SoukError } from '@souk/api/client-error'
import type { FieldPath } from 'react-hook-form'
import type { ProductValues } from './product-values.ts'

type FieldFault = { path: FieldPath<ProductValues>; message: string }

const formFields =
  /^(name|slug|shortDescription|description|category|price|compareAtPrice|taxClass|colours|materials|careInstructions|weightGrams|tags|variants(\.\d+\.(sku|price|stock|barcode|weightGrams|options))?)(\.|$)/

/** The field of the form that a path of the request is about. */
function fieldOf(path: string): FieldPath<ProductValues> | undefined {
  return formFields.exec(path)?.[1] as FieldPath<ProductValues> | undefined
}

/** What the server objected to, beside the fields it is about. */
export function fieldFaults(error: SoukError, values: Pick<ProductValues, 'variants'>): FieldFault[] {
  const message = error.message
  if (error.reason === 'slug_taken') return [{ path: 'slug', message }]
  if (error.reason === 'sku_taken') {
    const index = values.variants.findIndex((variant) => variant.sku === error.details.sku)
    return index < 0 ? [] : [{ path: `variants.${index}.sku`, message }]
  }
  return error.errors.flatMap((fault) => {
    const path = fieldOf(fault.path)
    return path ? [{ path, message: fault.message }] : []
  })
}
