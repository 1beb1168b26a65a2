import type { Delivery } from './delivery.ts'

/** Versions of one aggregate that are asked for: above `after`, below `before`. */
export type Gap = { aggregateId: string; after: number; before: number }

export type InOrder = {
  /** This one was handled before our time. */
  know(delivery: Delivery): void
  /** Takes deliveries in the order of the stream and gives those whose turn it is. */
  arrange(deliveries: readonly Delivery[], nowMs: number): Delivery[]
  /** What has waited too long for an earlier event, which then counts as lost. */
  overdue(nowMs: number): Delivery[]
  /** Gaps whose missing events should be asked for, again after a while. */
  gapsToAsk(stream: string, nowMs: number): Gap[]
  /** Nobody can be asked about this stream: nothing that waits for it need wait any longer. */
  giveUp(stream: string): void
  heldCount(): number
  /** Forgets what is held: it is pending and will be given again. */
  reset(): void
}

/** After a restart nobody remembers an old aggregate: of a long life only the last few events are doubted. */
const longLife = 50
const doubtfulVersions = 5
/** The longest not heard of is forgotten first, and doubted if it is heard of again. */
const maxRemembered = 100_000

type Line = { stream: string; aggregateId: string; waiting: Delivery[]; sinceMs: number; askedAtMs: number }

/**
 * Gives the events of one aggregate in the order of their versions, whatever order they come in. Versions
 * have no gaps, so one that skips a number waits until the missing ones come: the publisher is asked to
 * send them again. Events of no interest count as well; a repeated one passes, for the inbox knows it.
 */
export function createInOrder(options: {
  gapMs: number
  askEveryMs: number
  onLost: (gap: Gap) => void
}): InOrder {
  const seen = new Map<string, number>()
  const lines = new Map<string, Line>()

  function remember(key: string, version: number): void {
    seen.delete(key)
    seen.set(key, version)
    if (seen.size <= maxRemembered) return
    const [oldest] = seen.keys()
    if (oldest !== undefined) seen.delete(oldest)
  }

  function take(delivery: Delivery, nowMs: number): Delivery[] {
    const place = delivery.place
    if (!place) return [delivery]
    const key = `${delivery.stream} ${place.aggregateId}`
    const last = seen.get(key) ?? startOf(place.version)
    if (place.version <= last) return [delivery]
    if (place.version > last + 1) {
      if (!seen.has(key)) remember(key, last)
      wait(key, delivery, place.aggregateId, nowMs)
      return []
    }
    remember(key, place.version)
    return [delivery, ...follow(key, nowMs)]
  }

  function wait(key: string, delivery: Delivery, aggregateId: string, nowMs: number): void {
    const line = lines.get(key) ?? {
      stream: delivery.stream,
      aggregateId,
      waiting: [],
      sinceMs: nowMs,
      askedAtMs: Number.NEGATIVE_INFINITY,
    }
    lines.set(key, line)
    if (!line.waiting.some(({ entryId }) => entryId === delivery.entryId)) line.waiting.push(delivery)
    line.waiting.sort((a, b) => versionOf(a) - versionOf(b))
  }

  /** Those behind a version that has come, as far as they follow each other. */
  function follow(key: string, nowMs: number): Delivery[] {
    const line = lines.get(key)
    if (!line) return []
    const ready: Delivery[] = []
    for (let next = line.waiting[0]; next; next = line.waiting[0]) {
      const last = seen.get(key) ?? 0
      if (versionOf(next) > last + 1) break
      line.waiting.shift()
      ready.push(next)
      remember(key, Math.max(last, versionOf(next)))
    }
    // What still waits waits for another one, from now on.
    line.sinceMs = nowMs
    line.askedAtMs = Number.NEGATIVE_INFINITY
    if (line.waiting.length === 0) lines.delete(key)
    return ready
  }

  return {
    know: ({ stream, place }) => {
      if (!place) return
      const key = `${stream} ${place.aggregateId}`
      remember(key, Math.max(seen.get(key) ?? 0, place.version))
    },
    arrange: (deliveries, nowMs) => deliveries.flatMap((delivery) => take(delivery, nowMs)),
    overdue: (nowMs) =>
      [...lines].flatMap(([key, line]) => {
        const [first] = line.waiting
        if (!first || nowMs - line.sinceMs < options.gapMs) return []
        const before = versionOf(first)
        options.onLost({ aggregateId: line.aggregateId, after: seen.get(key) ?? 0, before })
        remember(key, before - 1)
        return follow(key, nowMs)
      }),
    gapsToAsk: (stream, nowMs) =>
      [...lines].flatMap(([key, line]) => {
        const [first] = line.waiting
        if (!first || line.stream !== stream || nowMs - line.askedAtMs < options.askEveryMs) return []
        line.askedAtMs = nowMs
        return [{ aggregateId: line.aggregateId, after: seen.get(key) ?? 0, before: versionOf(first) }]
      }),
    giveUp: (stream) => {
      for (const line of lines.values()) if (line.stream === stream) line.sinceMs = Number.NEGATIVE_INFINITY
    },
    heldCount: () => [...lines.values()].reduce((sum, { waiting }) => sum + waiting.length, 0),
    reset: () => lines.clear(),
  }
}

function startOf(version: number): number {
  return version <= longLife ? 0 : version - 1 - doubtfulVersions
}

function versionOf({ place }: Delivery): number {
  return place?.version ?? 0
}
