import type { SoukError } from '@souk/api/client-error'
import { describe, expect, it } from 'vitest'
import { emptyVariant } from './product-values.ts'
import { fieldFaults } from './save-problem.ts'

const error = (given: Partial<SoukError>): SoukError => ({
  code: 'INVALID_INPUT',
  reason: 'invalid_input',
  message: 'Some fields are not right.',
  errors: [],
  details: {},
  requestId: undefined,
  retryAfterSeconds: undefined,
  ...given,
})
const variants = ['SK-A', 'SK-B'].map((sku) => ({ ...emptyVariant, sku }))

describe('fieldFaults', () => {
  it('puts each fault beside its field', () => {
    const errors = [
      { path: 'price.amount', message: 'Too big' },
      { path: 'variants.1.options.size', message: 'Other variants have this option' },
      { path: 'images.0.id', message: 'No such picture' },
    ]
    expect(fieldFaults(error({ errors }), { variants })).toEqual([
      { path: 'price', message: 'Too big' },
      { path: 'variants.1.options', message: 'Other variants have this option' },
    ])
  })
  it('finds the variant whose SKU is taken and the slug that is', () => {
    const taken = error({ reason: 'sku_taken', message: 'Taken', details: { sku: 'SK-B' } })
    expect(fieldFaults(taken, { variants })).toEqual([{ path: 'variants.1.sku', message: 'Taken' }])
    expect(fieldFaults(error({ reason: 'slug_taken', message: 'Taken' }), { variants })).toEqual([
      { path: 'slug', message: 'Taken' },
    ])
  })
})
