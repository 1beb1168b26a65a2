import { type Redis, withDeadline } from '@souk/service/redis'
import type { RawEntry } from './delivery.ts'

export type Member = { group: string; consumer: string }

export const readCount = 100
const deadlineMs = 2000

/**
 * Creates the group at the start of each stream: after a loss of data the inbox knows what was handled.
 * Answers the streams that had no such group.
 */
export async function ensureGroups(
  redis: Redis,
  streams: readonly string[],
  group: string,
): Promise<string[]> {
  const created: string[] = []
  for (const stream of streams) {
    try {
      await withDeadline(redis.xGroupCreate(stream, group, '0', { MKSTREAM: true }), deadlineMs)
      created.push(stream)
    } catch (error) {
      if (!String(error).includes('BUSYGROUP')) throw error
    }
  }
  return created
}

export function isMissingGroup(error: unknown): boolean {
  return String(error).includes('NOGROUP') || String(error).includes('UNBLOCKED')
}

export async function readNew(
  redis: Redis,
  streams: readonly string[],
  member: Member,
  blockMs: number,
): Promise<RawEntry[]> {
  const keys = streams.map((key) => ({ key, id: '>' }))
  const read = redis.xReadGroup(member.group, member.consumer, keys, { COUNT: readCount, BLOCK: blockMs })
  return entriesOf(await withDeadline(read, blockMs + 5000))
}

/**
 * Takes over what any consumer of the group, this one included, was given `minIdleMs` ago or earlier and
 * has not acknowledged; in the order of the stream. `gone` are those that left the stream meanwhile.
 */
export async function claimAbandoned(
  redis: Redis,
  streams: readonly string[],
  member: Member,
  minIdleMs: number,
): Promise<{ found: RawEntry[]; gone: Map<string, string[]> }> {
  const found: RawEntry[] = []
  const gone = new Map<string, string[]>()
  for (const stream of streams) {
    let cursor = '0-0'
    do {
      const claim = redis.xAutoClaim(stream, member.group, member.consumer, minIdleMs, cursor, {
        COUNT: readCount,
      })
      const answer = await withDeadline(claim, deadlineMs)
      for (const message of answer.messages) {
        if (message) found.push({ stream, entryId: String(message.id), fields: textFields(message.message) })
      }
      const deleted = answer.deletedMessages.map(String)
      if (deleted.length > 0) gone.set(stream, [...(gone.get(stream) ?? []), ...deleted])
      cursor = String(answer.nextId)
    } while (cursor !== '0-0')
  }
  return { found, gone }
}

/** The last entry that was handed out to the group, and how many the server believes are still to come. */
export async function progressOf(
  redis: Redis,
  stream: string,
  group: string,
): Promise<{ delivered: string; lag: number }> {
  const groups = await withDeadline(redis.xInfoGroups(stream), deadlineMs)
  const own = groups.find(({ name }) => String(name) === group)
  return { delivered: String(own?.['last-delivered-id'] ?? '0-0'), lag: Number(own?.lag ?? 0) }
}

/** Tells the server that the group has been given everything up to `delivered`, which it loses count of when entries are taken out. */
export async function correctLag(
  redis: Redis,
  stream: string,
  group: string,
  position: { delivered: string; added: number },
): Promise<void> {
  const { delivered, added } = position
  await withDeadline(redis.xGroupSetId(stream, group, delivered, { ENTRIESREAD: added }), deadlineMs)
}

/** The newest entries that the group was given, oldest first. */
export async function lastEntries(
  redis: Redis,
  stream: string,
  upTo: string,
  count: number,
): Promise<RawEntry[]> {
  const entries = await withDeadline(redis.xRevRange(stream, upTo, '-', { COUNT: count }), deadlineMs)
  return (entries ?? [])
    .map(({ id, message }) => ({ stream, entryId: String(id), fields: textFields(message) }))
    .reverse()
}

/** How often the oldest unacknowledged entry of a stream was handed out, when there is one. */
export async function oldestPending(
  redis: Redis,
  stream: string,
  group: string,
): Promise<{ entryId: string; deliveries: number } | undefined> {
  const [oldest] = await withDeadline(redis.xPendingRange(stream, group, '-', '+', 1), deadlineMs)
  return oldest && { entryId: String(oldest.id), deliveries: Number(oldest.deliveriesCounter) }
}

function entriesOf(answer: unknown): RawEntry[] {
  if (!Array.isArray(answer)) return []
  const streams = answer as { name: string; messages: { id: string; message: Record<string, string> }[] }[]
  return streams.flatMap(({ name, messages }) =>
    // A pending entry that was trimmed comes back without fields.
    messages.map(({ id, message }) => ({
      stream: String(name),
      entryId: String(id),
      fields: textFields(message),
    })),
  )
}

function textFields(message: unknown): Record<string, string> {
  return message !== null && typeof message === 'object' ? { ...(message as Record<string, string>) } : {}
}
