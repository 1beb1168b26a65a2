import type { ShopEvent } from '@souk/events/catalog'
import type { Log } from '@souk/service/log'

/** The first change is told at once; those that follow it within this time go together. */
const windowMs = 250
const attempts = 4
const timeoutMs = 3000
const maxTags = 200
const everything = ['products', 'categories']

export type Revalidator = {
  onEvent(event: ShopEvent): void
  add(tags: readonly string[]): void
  /** Something may have been missed. */
  onGap(): void
  stop(): void
}

/** Tells the storefront which of its kept pages are out of date. A storefront that is down learns nothing and lives. */
export function createRevalidator(options: {
  webUrl: string | undefined
  secret: string | undefined
  log: Log
}): Revalidator {
  const { webUrl, secret, log } = options
  const waiting = new Set<string>()
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let isSending = false
  let lastSentAt = Number.NEGATIVE_INFINITY

  function add(tags: readonly string[]): void {
    if (webUrl === undefined || secret === undefined || stopping.signal.aborted) return
    for (const tag of tags) waiting.add(tag)
    if (isSending) return
    const waitMs = Math.max(0, lastSentAt + windowMs - performance.now())
    timer ??= setTimeout(() => void send(), waitMs)
  }

  async function send(): Promise<void> {
    timer = undefined
    isSending = true
    const tags = [...waiting].slice(0, maxTags)
    for (const tag of tags) waiting.delete(tag)
    await post(tags)
    isSending = false
    lastSentAt = performance.now()
    if (waiting.size > 0) add([])
  }

  async function post(tags: readonly string[]): Promise<void> {
    for (let attempt = 0; attempt < attempts && !stopping.signal.aborted; attempt += 1) {
      try {
        const response = await fetch(`${webUrl}/api/revalidate`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
          body: JSON.stringify({ tags }),
          signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(timeoutMs)]),
        })
        await response.body?.cancel()
        if (response.ok) return
      } catch {
        // Not there; the next attempt or the next event will find it.
      }
      await pause(windowMs * 2 ** attempt)
    }
    log.debug({ tags: tags.length }, 'the storefront was not told what changed')
  }

  return {
    add,
    onEvent: (event) => add(webTagsOf(event)),
    onGap: () => add(everything),
    stop: () => {
      clearTimeout(timer)
      stopping.abort()
    },
  }
}

/** The storefront's own names for what it keeps. */
function webTagsOf(event: ShopEvent): string[] {
  switch (event.name) {
    case 'product.created':
    case 'product.removed':
      return [`product:${event.data.slug}`, ...everything]
    case 'product.updated':
      return [`product:${event.data.slug}`, `product:${event.data.previousSlug}`, ...everything]
    case 'product.availability_changed':
      return [`product:${event.data.slug}`, 'products']
    case 'category.created':
      return ['categories']
    case 'category.renamed':
      return [...everything, 'category-names']
    default:
      return []
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms).unref())
}
