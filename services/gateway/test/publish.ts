import { catalog, type Envelope, type EventData, type EventName, streamOf } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { createLog } from '@souk/service/log'
import { openRedis } from '@souk/service/redis'

/** Puts an event on its stream, as the owner's relay would. */
export async function publish<Name extends EventName>(
  redisUrl: string,
  name: Name,
  data: EventData<Name>,
): Promise<void> {
  const redis = openRedis(redisUrl, createLog({ service: 'test', instance: '0', level: 'silent' }))
  await redis.connect()
  const envelope: Envelope = {
    id: newId(),
    name,
    version: catalog[name].version,
    aggregateId: newId(),
    aggregateVersion: 1,
    occurredAt: new Date().toISOString(),
    traceId: null,
    data,
  }
  await redis.xAdd(streamOf(catalog[name].owner), '*', { e: JSON.stringify(envelope) })
  redis.destroy()
}
