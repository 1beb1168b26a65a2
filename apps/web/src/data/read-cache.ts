/**
 * Keeps what was read for a while, by key, and drops it by tag. One read per key is under way at a time.
 * A read that fails is not kept, and one that began before its tag was dropped is answered but not kept.
 */
export type ReadOptions = { tags: readonly string[]; lifeMs: number }
type Entry = { value: Promise<unknown>; tags: readonly string[]; freshUntil: number }

export type ReadCache = ReturnType<typeof createReadCache>

export function createReadCache({ maxEntries = 500, now = Date.now } = {}) {
  const entries = new Map<string, Entry>()

  function read<T>(key: string, options: ReadOptions, load: () => Promise<T>): Promise<T> {
    const known = entries.get(key)
    if (known && known.freshUntil > now()) {
      entries.delete(key)
      entries.set(key, known)
      return known.value as Promise<T>
    }
    const value = load()
    const entry: Entry = { value, tags: options.tags, freshUntil: now() + options.lifeMs }
    entries.delete(key)
    entries.set(key, entry)
    value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key)
    })
    shrink()
    return value
  }

  /** The map keeps its order of use, so the first key is the one unused for longest. */
  function shrink(): void {
    for (const key of entries.keys()) {
      if (entries.size <= maxEntries) return
      entries.delete(key)
    }
  }

  /** Returns how many reads were forgotten. */
  function drop(tags: readonly string[]): number {
    const wanted = new Set(tags)
    let dropped = 0
    for (const [key, entry] of entries) {
      if (!entry.tags.some((tag) => wanted.has(tag))) continue
      entries.delete(key)
      dropped += 1
    }
    return dropped
  }

  return { read, drop, size: () => entries.size }
}

const shared = globalThis as typeof globalThis & { soukReadCache?: ReadCache }

/** One for the process: pages and route handlers may be bundled apart, but they must drop the same reads. */
export function readCache(): ReadCache {
  shared.soukReadCache ??= createReadCache()
  return shared.soukReadCache
}
