import { isId } from '@souk/kernel/id'
import { expect, it } from 'vitest'
import { stableId } from './stable-id.ts'

it('is a UUID v7 of its moment, the same for the same name and another for the next', () => {
  const id = stableId('2026-06-15T11:57:00Z', 'product/tarn-mug')
  expect(isId(id)).toBe(true)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-06-15T11:57:00Z'))
  expect(stableId('2026-06-15T11:57:00Z', 'product/tarn-mug')).toBe(id)
  expect(stableId('2026-06-15T11:57:00Z', 'product/nest-bowl')).not.toBe(id)
})
