import type { Redis } from '@souk/service/redis'
import { askAgain } from './again.ts'
import { correctLag, progressOf } from './group.ts'
import { isBefore, positionOf, stateOf, textOf } from './rebuild.ts'

/**
 * Finds out that entries left a stream before the group was given them, as when somebody trims it, and
 * has them sent again. What the group has read since the last look may be among them: it is sent twice.
 */
export function watchUnread(redis: Redis, group: string) {
  const looked = new Map<string, string>()
  return async (streams: readonly string[]): Promise<void> => {
    for (const stream of streams) {
      const { delivered, lag } = await progressOf(redis, stream, group)
      const { gone, last, added } = await stateOf(redis, stream)
      // Asked in this order, and nobody else reads for this group: what it was given was the last there is.
      if (lag > 0 && delivered === textOf(last)) await correctLag(redis, stream, group, { delivered, added })
      const from = looked.get(stream) ?? delivered
      // A new group begins with what there is.
      if (from !== '0-0' && isBefore(positionOf(from), gone))
        await askAgain(redis, stream, { range: [from, textOf(gone)] })
      looked.set(stream, isBefore(positionOf(delivered), gone) ? textOf(gone) : delivered)
    }
  }
}
