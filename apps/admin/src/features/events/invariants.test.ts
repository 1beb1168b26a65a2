import type { AuditReport } from '@souk/api/contract'
import { expect, test } from 'vitest'
import { invariantsOf } from './invariants.ts'

const check = (id: string, over: object = {}) => ({
  id,
  title: `About ${id}`,
  looked: 3,
  offences: [],
  problem: null,
  ...over,
})

test('an invariant of several databases is one line, with what each of them found', () => {
  const report: AuditReport = {
    at: '2026-01-01T00:00:00.000Z',
    services: [
      { service: 'product', checks: [check('I16'), check('I14', { problem: 'Too long' })] },
      { service: 'order', checks: null },
      {
        service: 'payment',
        checks: [check('I5'), check('I16', { offences: [{ what: 'A gap', row: { id: 1 } }] })],
      },
    ],
  }
  expect(invariantsOf(report)).toEqual([
    { id: 'I5', title: 'About I5', looked: 3, offences: [], unread: [] },
    { id: 'I14', title: 'About I14', looked: 3, offences: [], unread: ['product'] },
    {
      id: 'I16',
      title: 'About I16',
      looked: 6,
      offences: [{ service: 'payment', what: 'A gap', row: { id: 1 } }],
      unread: [],
    },
  ])
})
