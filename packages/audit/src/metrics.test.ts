import { expect, test } from 'vitest'
import { asMetrics } from './metrics.ts'

test('each check is one line of each metric, with the time of the audit', () => {
  const text = asMetrics(
    [
      { id: 'I1', title: '', looked: 12, offences: [] },
      { id: 'I7', title: '', looked: 3, offences: [{ what: 'Twice', row: {} }] },
    ],
    new Date('2026-01-01T00:00:00Z'),
  )
  expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
    'souk_audit_offences{check="I1"} 0',
    'souk_audit_offences{check="I7"} 1',
    'souk_audit_looked_at{check="I1"} 12',
    'souk_audit_looked_at{check="I7"} 3',
    'souk_audit_timestamp_seconds 1767225600',
  ])
})
