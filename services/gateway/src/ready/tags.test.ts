import { newId } from '@souk/kernel/id'
import { describe, expect, it } from 'vitest'
import { listTag, tagsOf, tagsOfEvent } from './tags.ts'

const [productId, slug] = [newId(), 'harbour-mug']
const envelope = {
  id: newId(),
  version: 1,
  aggregateId: productId,
  aggregateVersion: 1,
  occurredAt: '2026-11-20T12:00:00.000Z',
  traceId: null,
}
const bodyOf = (value: unknown) => Buffer.from(JSON.stringify(value))

describe('tags', () => {
  const shown = { id: productId, slug, name: 'Harbour mug' }
  it.each([
    ['REST', shown],
    ['tRPC', { result: { data: shown } }],
    ['a batch', [{ result: { data: { id: newId(), slug: 'other' } } }, { result: { data: shown } }]],
  ])('of a product in %s meet the event of its change', (_what, value) => {
    const kept = tagsOf('detail', bodyOf(value))
    const changed = tagsOfEvent({
      ...envelope,
      name: 'product.availability_changed',
      data: { productId, slug },
    })
    expect(kept.some((tag) => changed.includes(tag))).toBe(true)
  })

  it('of a renamed product meet what is kept under its old name', () => {
    const kept = tagsOf('detail', bodyOf({ id: newId(), slug: 'old-name' }))
    const changed = tagsOfEvent({
      ...envelope,
      name: 'product.updated',
      data: { productId, slug: 'new-name', previousSlug: 'old-name', addedVariants: [], removedSkus: [] },
    })
    expect(kept.some((tag) => changed.includes(tag))).toBe(true)
  })

  it('of a product meet the new name of its category, and of no other', () => {
    const kept = tagsOf('detail', bodyOf({ ...shown, category: { slug: 'tableware', name: 'Tableware' } }))
    const renamed = (slug: string) => {
      const data = { categoryId: newId(), slug, name: 'New' }
      return tagsOfEvent({ ...envelope, name: 'category.renamed', data })
    }
    expect(kept.some((tag) => renamed('tableware').includes(tag))).toBe(true)
    expect(kept.some((tag) => renamed('kitchen').includes(tag))).toBe(false)
    expect(renamed('kitchen')).toContain(listTag)
  })

  it('of a list meet the change of any product, and no other event', () => {
    expect(tagsOf('list', bodyOf({ items: [] }))).toEqual([listTag])
    expect(
      tagsOfEvent({ ...envelope, name: 'product.removed', data: { productId, slug, skus: [] } }),
    ).toContain(listTag)
    const sold = { sku: 'A', onHand: 1, reserved: 0, available: 1 }
    expect(tagsOfEvent({ ...envelope, name: 'stock.level_changed', data: sold })).toEqual([])
  })
})
