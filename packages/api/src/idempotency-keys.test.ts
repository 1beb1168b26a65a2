import { describe, expect, it } from 'vitest'
import { createIdempotencyKeys } from './idempotency-keys.ts'

describe('idempotency keys', () => {
  const counting = () => {
    let made = 0
    return createIdempotencyKeys(() => `key-${++made}`)
  }

  it('keeps one key for one input object until it is settled', () => {
    const keys = counting()
    const input = { sku: 'mug', quantity: 1 }
    expect(keys.keyFor('cart.addItem', input)).toBe('key-1')
    expect(keys.keyFor('cart.addItem', input)).toBe('key-1')
    keys.settle('cart.addItem', input)
    expect(keys.keyFor('cart.addItem', input)).toBe('key-2')
  })

  it('gives two equal inputs two keys: they are two operations', () => {
    const keys = counting()
    expect(keys.keyFor('cart.addItem', { sku: 'mug' })).not.toBe(keys.keyFor('cart.addItem', { sku: 'mug' }))
  })

  it('never shares a key between two procedures', () => {
    const keys = counting()
    const input = { id: 'order' }
    expect(keys.keyFor('order.cancel', input)).not.toBe(keys.keyFor('admin.order.cancel', input))
  })

  it('gives calls without an input a key each', () => {
    const keys = counting()
    expect(keys.keyFor('cart.clear', undefined)).not.toBe(keys.keyFor('cart.clear', undefined))
  })

  it('makes keys of 128 random bits by default', () => {
    expect(createIdempotencyKeys().keyFor('a', undefined)).toMatch(/^[0-9a-f]{32}$/)
  })
})
