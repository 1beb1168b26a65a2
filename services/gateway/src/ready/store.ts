import { LRUCache } from 'lru-cache'
import type { Encoded, Encoding } from './encodings.ts'

export type Ready = {
  tags: readonly string[]
  encoded: Record<Encoding, Encoded>
  /** Header names and values in turn, as they go out; only what depends on the request is missing. */
  headers: Record<Encoding, readonly string[]>
  freshUntil: number
  staleUntil: number
}

/** Answers by key, bounded by bytes, found again by tag when what they show has changed. */
export function createStore(maxBytes: number) {
  const keysOfTag = new Map<string, Set<string>>()
  const entries = new LRUCache<string, Ready>({
    maxSize: maxBytes,
    sizeCalculation: (entry) =>
      Object.values(entry.encoded).reduce((sum, { body }) => sum + body.length, 2000),
    dispose: (entry, key) => forget(key, entry.tags),
    noDisposeOnSet: false,
  })

  function forget(key: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = keysOfTag.get(tag)
      keys?.delete(key)
      if (keys?.size === 0) keysOfTag.delete(tag)
    }
  }

  return {
    get: (key: string): Ready | undefined => entries.get(key),
    set: (key: string, entry: Ready): void => {
      entries.set(key, entry)
      if (!entries.has(key)) return
      for (const tag of entry.tags) keysOfTag.set(tag, (keysOfTag.get(tag) ?? new Set()).add(key))
    },
    drop: (tags: Iterable<string>): void => {
      for (const tag of tags) for (const key of [...(keysOfTag.get(tag) ?? [])]) entries.delete(key)
    },
    clear: (): void => entries.clear(),
    size: () => ({ entries: entries.size, bytes: entries.calculatedSize ?? 0, tags: keysOfTag.size }),
  }
}
