import { CreatePromotion } from '@souk/order/contract'
import { describe, expect, it } from 'vitest'
import { emptyValues, fieldOf, rulesOf, valuesOf } from './promotion-values.ts'

const id = '019a9c5e-0f00-7abc-8def-0123456789ad'
const threeForTwo = {
  ...emptyValues,
  name: '3 for 2',
  isAutomatic: true,
  kind: 'buy_x_get_y' as const,
  value: '100',
  categories: 'tableware, lighting',
  startsAt: '2026-11-21T09:30',
}

describe('the form of a promotion', () => {
  it('makes what the contract takes, and comes back as it was', () => {
    const made = rulesOf(threeForTwo)
    if (!('rules' in made)) throw new Error(JSON.stringify(made))
    const parsed = CreatePromotion.parse({ id, ...made.rules })
    expect(parsed).toMatchObject({
      code: null,
      value: 10_000,
      scope: { categories: ['tableware', 'lighting'] },
      offer: { buyQuantity: 2, getQuantity: 1, get: null, maxSets: null },
    })
    const stored = { ...parsed, state: 'running' as const, uses: 0, version: 1, updatedAt: '' }
    expect(valuesOf(stored)).toEqual(threeForTwo)
  })

  it.each([
    [{ name: ' ' }, 'name'],
    [{ code: 'TEN OFF' }, 'code'],
    [{ value: '101' }, 'value'],
    [{ value: '-5' }, 'value'],
    [{ value: 'ten' }, 'value'],
    [{ kind: 'amount' as const, value: '0' }, 'value'],
    [{ kind: 'buy_x_get_y' as const, buyQuantity: '0' }, 'buyQuantity'],
    [{ kind: 'buy_x_get_y' as const, givesOther: true }, 'getSkus'],
    [{ usageLimit: '0' }, 'usageLimit'],
    [{ minQuantity: '1.5' }, 'minQuantity'],
    [{ startsAt: '2026-02-01T00:00', endsAt: '2026-01-01T00:00' }, 'endsAt'],
  ])('%j is put right before it is sent', (over, field) => {
    const made = rulesOf({ ...emptyValues, name: 'Ten', code: 'TEN', ...over })
    expect(Object.keys('faults' in made ? made.faults : {})).toEqual([field])
  })

  it('finds the field of a fault that the shop found', () => {
    expect(['code', 'offer.buyQuantity', 'scope.skus.3', 'minSubtotalMinor', 'x'].map(fieldOf)).toEqual([
      'code',
      'buyQuantity',
      'skus',
      'minSubtotal',
      undefined,
    ])
  })
})
