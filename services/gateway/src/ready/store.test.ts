import { describe, expect, it } from 'vitest'
import { createStore, type Ready } from './store.ts'

function ready(bytes: number, ...tags: string[]): Ready {
  const one = { body: Buffer.alloc(bytes), etag: '"x"' }
  return {
    tags,
    encoded: {
      identity: one,
      gzip: { ...one, body: Buffer.alloc(0) },
      br: { ...one, body: Buffer.alloc(0) },
    },
    headers: { identity: [], gzip: [], br: [] },
    freshUntil: 1,
    staleUntil: 2,
  }
}

describe('the store of answers', () => {
  it('stays within its bytes: what was not asked for lately goes first', () => {
    const store = createStore(40_000)
    for (const key of ['a', 'b', 'c']) store.set(key, ready(8000, key))
    store.get('a')
    store.set('d', ready(8000, 'd'))
    store.set('e', ready(8000, 'e'))
    expect(store.size().bytes).toBeLessThanOrEqual(40_000)
    expect(['a', 'b', 'c', 'd', 'e'].filter((key) => store.get(key))).toEqual(['a', 'c', 'd', 'e'])
  })

  it('takes nothing that is larger than all of it', () => {
    const store = createStore(10_000)
    store.set('a', ready(50_000, 'tag'))
    expect(store.size()).toEqual({ entries: 0, bytes: 0, tags: 0 })
  })

  it('drops by tag, and forgets tags of what is gone', () => {
    const store = createStore(1_000_000)
    store.set('list', ready(10, 'products'))
    store.set('mug', ready(10, 'id:1', 'slug:mug'))
    store.set('cup', ready(10, 'id:2', 'slug:cup'))
    store.drop(['products', 'slug:mug', 'slug:nothing'])
    expect(store.size()).toMatchObject({ entries: 1, tags: 2 })
    expect(store.get('cup')).toBeDefined()
    store.clear()
    expect(store.size()).toEqual({ entries: 0, bytes: 0, tags: 0 })
  })

  it('follows an answer whose tags changed', () => {
    const store = createStore(1_000_000)
    store.set('mug', ready(10, 'slug:old'))
    store.set('mug', ready(10, 'slug:new'))
    store.drop(['slug:old'])
    expect(store.get('mug')).toBeDefined()
    store.drop(['slug:new'])
    expect(store.get('mug')).toBeUndefined()
  })
})
