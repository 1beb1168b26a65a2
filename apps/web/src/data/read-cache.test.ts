import { describe, expect, it } from 'vitest'
import { createReadCache } from './read-cache.ts'

const options = { tags: ['product:mug'], lifeMs: 1000 }
const counter = () => {
  let count = 0
  return async () => {
    count += 1
    return count
  }
}

describe('what the shop keeps of the catalogue', () => {
  it('is read once while it is fresh and again when it is not', async () => {
    let time = 0
    const cache = createReadCache({ now: () => time })
    const load = counter()
    expect(await cache.read('a', options, load)).toBe(1)
    time = 999
    expect(await cache.read('a', options, load)).toBe(1)
    time = 1000
    expect(await cache.read('a', options, load)).toBe(2)
  })

  it('is asked for once however many visitors wait for it', async () => {
    const cache = createReadCache()
    const load = counter()
    expect(await Promise.all(Array.from({ length: 20 }, () => cache.read('a', options, load)))).toEqual(
      Array.from({ length: 20 }, () => 1),
    )
  })

  it('is forgotten by tag, and nothing else is', async () => {
    const cache = createReadCache()
    const [mug, lamp] = [counter(), counter()]
    await cache.read('mug', options, mug)
    await cache.read('lamp', { ...options, tags: ['product:lamp'] }, lamp)
    expect(cache.drop(['product:mug', 'unknown'])).toBe(1)
    expect(await cache.read('mug', options, mug)).toBe(2)
    expect(await cache.read('lamp', options, lamp)).toBe(1)
  })

  it('never holds an answer that was already on its way when its tag was dropped', async () => {
    const cache = createReadCache()
    const late = Promise.withResolvers<string>()
    const first = cache.read('a', options, () => late.promise)
    cache.drop(options.tags)
    const second = cache.read('a', options, async () => 'new')
    late.resolve('old')
    expect(await first).toBe('old')
    expect(await second).toBe('new')
    expect(await cache.read('a', options, async () => 'newer')).toBe('new')
  })

  it('does not keep a failure', async () => {
    const cache = createReadCache()
    await expect(cache.read('a', options, () => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await cache.read('a', options, async () => 'up')).toBe('up')
  })

  it('stays within its size and forgets what was unused for longest', async () => {
    const cache = createReadCache({ maxEntries: 2 })
    const load = counter()
    await cache.read('a', options, load)
    await cache.read('b', options, load)
    await cache.read('a', options, load)
    await cache.read('c', options, load)
    expect(cache.size()).toBe(2)
    expect(await cache.read('a', options, load)).toBe(1)
    expect(await cache.read('b', options, load)).toBe(4)
  })
})
