import { tailEvents } from '@souk/events/tail'
import type { Log } from '@souk/service/log'
import type { ReadyBytes } from '../ready/ready-bytes.ts'
import { gatherChanges } from './changes.ts'
import type { OrderFeed } from './order-feed.ts'
import type { Revalidator } from './revalidate.ts'

/** What this process does when something happens in the shop. */
export function watchEvents(options: {
  redisUrl: string
  log: Log
  ready: ReadyBytes
  revalidator: Revalidator
  feed: OrderFeed
}): { stop(): Promise<void> } {
  const { ready, revalidator, feed } = options
  const changes = gatherChanges((tags) => ready.drop(tags))
  const tail = tailEvents({
    redisUrl: options.redisUrl,
    owners: ['product', 'order', 'payment'],
    log: options.log,
    onEvent: (event) => {
      changes.add(event)
      revalidator.onEvent(event)
      feed.onEvent(event)
    },
    onGap: () => {
      ready.dropAll()
      revalidator.onGap()
      feed.onGap()
    },
  })
  return {
    stop: async () => {
      changes.stop()
      await tail.stop()
    },
  }
}
