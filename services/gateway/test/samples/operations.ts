import type { AuditState } from '@souk/audit-service/contract'
import type { BusOverview, DeadLetter } from '@souk/events/contract'
import { newId } from '@souk/kernel/id'

const at = '2026-11-20T12:00:00.000Z'

export const overview = (service: string): BusOverview => ({
  service,
  outboxWaiting: 0,
  oldestWaitingSeconds: 0,
  deadLetters: 0,
  groups: [],
})

export const auditState = (): AuditState => ({
  latest: {
    startedAt: new Date().toISOString(),
    finishedAt: new Date().toISOString(),
    checks: [
      {
        id: 'I14',
        title: 'every event has left its outbox',
        looked: 12,
        offences: [{ what: 'Waiting for too long', row: { seq: 1 } }],
        remark: null,
        problem: null,
      },
    ],
  },
  running: null,
  problem: null,
  everySeconds: 300,
})

export const deadLetter = (): DeadLetter => ({
  id: crypto.randomUUID(),
  consumer: 'order',
  eventId: newId(),
  stream: 'events:payment',
  name: 'payment.processed',
  envelope: {},
  reason: 'The handler failed',
  attempts: 5,
  failedAt: at,
  replayedAt: null,
})
