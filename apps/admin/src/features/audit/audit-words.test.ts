import type { AuditState } from '@souk/api/contract'
import { expect, test } from 'vitest'
import { auditSentence } from './audit-words.ts'

const at = '2026-01-01T10:00:00.000Z'
const check = (over: object = {}) => ({
  id: 'I1',
  title: 'A title',
  looked: 3,
  offences: [],
  remark: null,
  problem: null,
  ...over,
})
const after = (...checks: ReturnType<typeof check>[]): AuditState => ({
  latest: { startedAt: at, finishedAt: at, checks },
  running: null,
  problem: null,
  everySeconds: 300,
})
const say = (state: AuditState) => auditSentence(state, () => 'ten')

test('all is said to be well only when every check was read and found nothing', () => {
  expect(say(after(check()))).toBe(
    'Last run at ten: every invariant holds. It runs every 5 minutes, and when you ask.',
  )
  expect(
    say(after(check(), check({ problem: 'Away' }), check({ offences: [{ what: 'A', row: {} }] }))),
  ).toMatch('ten: 1 of 3 invariants broken, 1 of 3 not read.')
  expect(say({ ...after(), latest: null, everySeconds: 90 })).toMatch('No run has finished')
  expect(say({ ...after(check()), running: { startedAt: at, done: 4, of: 21 } })).toBe(
    'Running: 4 of 21 checks done.',
  )
})
