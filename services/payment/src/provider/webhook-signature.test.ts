import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verifySignature } from './webhook-signature.ts'

const now = new Date('2026-11-20T12:00:00Z')
const seconds = now.getTime() / 1000
const rawBody = Buffer.from('{"amount":4800}')
const sign = (body: Uint8Array, secret: string, at = seconds) =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex')}`
const verify = (
  header: string | string[] | undefined,
  body: Uint8Array = rawBody,
  secrets = ['one', 'two'],
) => verifySignature({ header, rawBody: body, secrets, now })

describe('a signature', () => {
  test('of any active secret is right, of another is not', () => {
    expect(verify(sign(rawBody, 'one'))).toBeUndefined()
    expect(verify(sign(rawBody, 'two'))).toBeUndefined()
    expect(verify(sign(rawBody, 'three'))).toMatchObject({ status: 401 })
  })

  test('is right for five minutes in both directions', () => {
    for (const [age, reason] of [
      [300, undefined],
      [301, 'too_old'],
      [-300, undefined],
      [-301, 'too_old'],
    ] as const)
      expect(verify(sign(rawBody, 'one', seconds - age))?.reason).toBe(reason)
  })

  test('is wrong for a body that differs anywhere', () => {
    const header = sign(rawBody, 'one')
    const anywhere = fc.record({ at: fc.nat(rawBody.length - 1), by: fc.integer({ min: 1, max: 255 }) })
    fc.assert(
      fc.property(anywhere, ({ at, by }) => {
        const changed = Buffer.from(rawBody)
        changed[at] = (changed[at] ?? 0) ^ by
        expect(verify(header, changed)).toMatchObject({ status: 401 })
      }),
    )
  })

  test('of nonsense is refused without an exception', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(verify(header)?.kind).toBe('refused')
      }),
    )
    for (const header of [
      undefined,
      [],
      [sign(rawBody, 'one')],
      `t=${seconds}`,
      `v1=${'0'.repeat(64)}`,
      'x'.repeat(2000),
    ])
      expect(verify(header)).toMatchObject({ status: 400 })
  })

  test('cannot be found by sending very many at once', () => {
    const many = Array.from({ length: 6 }, () => `v1=${'0'.repeat(64)}`).join(',')
    expect(verify(`t=${seconds},${many}`)).toMatchObject({ reason: 'no_signature' })
  })
})
