import { randomUUID } from 'node:crypto'
import { isAppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { seal } from '@souk/service/seal'
import { nobody, person, serviceActor } from '@souk/testing/service-harness'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailSealSecret, type Notification, orderData, startNotification } from './harness.ts'

let notification: Notification
beforeAll(async () => {
  notification = await startNotification()
})
afterAll(async () => await notification.stop())

const newUser = (name = 'Ada Lovelace') => ({ userId: newId(), email: `${randomUUID()}@example.test`, name })

/** The mail for one receiver, once it is no longer queued. */
async function mailFor(email: string) {
  return await until(`a mail for ${email}`, async () => {
    const { items } = await notification.staff.mailbox.list.query({ q: email })
    return items.find(({ status }) => status !== 'queued')
  })
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return await call.then(
    () => 'answered',
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  )
}

describe('the mailbox', () => {
  it('keeps mails when there is no mail server, and shows them whole', async () => {
    const user = newUser()
    await notification.publish('user.registered', user)
    const summary = await mailFor(user.email)
    expect(summary).toEqual({
      id: expect.any(String),
      template: 'welcome',
      to: user.email,
      subject: 'Welcome to Souk',
      status: 'kept',
      attempts: 0,
      error: null,
      createdAt: expect.stringMatching(/Z$/),
      sentAt: null,
    })
    const message = await notification.staff.mailbox.get.query({ id: summary.id })
    expect(message).toMatchObject(summary)
    expect(message.html).toMatch(/^<!doctype html>/)
    expect(message.text).toContain('Hello Ada,')
  })

  it('is paged newest first, without gaps, and searched by receiver, subject and template', async () => {
    const marker = randomUUID().slice(0, 8)
    const emails = Array.from({ length: 5 }, (_, index) => `p_${index}.${marker}@example.test`)
    for (const email of emails) await notification.publish('user.registered', { ...newUser(), email })
    await notification.publish(
      'order.confirmed',
      orderData({ email: emails[0] ?? '', number: `S-${marker}` }),
    )
    await until(
      'all six',
      async () => (await notification.staff.mailbox.list.query({ q: marker })).items.length === 6,
    )
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await notification.staff.mailbox.list.query({ q: marker, limit: 2, cursor })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toHaveLength(6)
    expect(seen).toEqual([...seen].sort().reverse())
    const subjects = async (search: object) =>
      (await notification.staff.mailbox.list.query(search)).items.map(({ subject }) => subject)
    expect(await subjects({ q: `s-${marker}` })).toEqual([`Your order S-${marker} is confirmed`])
    expect(await subjects({ q: marker, template: 'order-confirmed' })).toHaveLength(1)
    expect(await subjects({ q: `p_0.${marker}` })).toHaveLength(2)
    expect(await subjects({ q: `pX0.${marker}` })).toEqual([])
    expect(await subjects({ q: '%%%' })).toEqual([])
  })

  it('is for staff and owners only', async () => {
    const user = newUser()
    await notification.publish('user.registered', user)
    const { id } = await mailFor(user.email)
    for (const [who, code] of [
      [nobody, 'UNAUTHENTICATED'],
      [person('customer'), 'FORBIDDEN'],
      [serviceActor('order'), 'FORBIDDEN'],
    ] as const) {
      const client = notification.as(who)
      expect(await codeOf(client.mailbox.list.query({}))).toBe(code)
      expect(await codeOf(client.mailbox.get.query({ id }))).toBe(code)
      expect(await codeOf(client.mailbox.resend.mutate({ id }))).toBe(code)
      expect(await codeOf(client.operations.deadLetters.query())).toBe(code)
    }
    expect(await codeOf(notification.staff.mailbox.get.query({ id: newId() }))).toBe('NOT_FOUND')
    expect(await codeOf(notification.staff.mailbox.resend.mutate({ id: newId() }))).toBe('NOT_FOUND')
  })

  it('refuses bad input with the path of the fault', async () => {
    const faults: [string, unknown, string][] = [
      ['list', { limit: 0 }, 'limit'],
      ['list', { limit: 101 }, 'limit'],
      ['list', { q: 'q'.repeat(121) }, 'q'],
      ['list', { q: 'a\u0000' }, 'q'],
      ['list', { template: 'nothing' }, 'template'],
      ['list', { cursor: 'nonsense' }, 'cursor'],
      ['list', { other: 1 }, ''],
      ['get', {}, 'id'],
      ['get', { id: "' or 1=1" }, 'id'],
      ['resend', { id: 7 }, 'id'],
    ]
    for (const [verb, input, path] of faults) {
      const procedure: unknown = Reflect.get(notification.staff.mailbox, verb)
      const call = (procedure as { query(input: unknown): Promise<unknown> }).query(input)
      const error = await call.catch((caught: unknown) => caught)
      expect(isAppError(error, 'INVALID_INPUT') && error.details.errors?.[0]?.path, verb).toBe(path)
    }
  })
})

describe('sending again', () => {
  it('makes one copy per request, and leaves the first as it is', async () => {
    const order = orderData({ email: newUser().email })
    await notification.publish('order.confirmed', order)
    const first = await mailFor(order.email)
    const repeat = notification.as(person('staff'), { idempotencyKey: randomUUID() })
    const copy = await repeat.mailbox.resend.mutate({ id: first.id })
    expect(await repeat.mailbox.resend.mutate({ id: first.id })).toEqual(copy)
    expect(copy).toMatchObject({
      status: 'queued',
      subject: first.subject,
      to: first.to,
      template: first.template,
    })
    expect(copy.id).not.toBe(first.id)
    await until('both are kept', async () => {
      const { items } = await notification.staff.mailbox.list.query({ q: order.email })
      return items.length === 2 && items.every(({ status }) => status === 'kept')
    })
  })

  it('does not let the order’s own mail come a second time', async () => {
    const order = orderData({ email: newUser().email })
    await notification.publish('order.confirmed', order)
    const first = await mailFor(order.email)
    await notification.staff.mailbox.resend.mutate({ id: first.id })
    await notification.publish('order.confirmed', order)
    await notification.caughtUp('order.confirmed')
    const { items } = await notification.staff.mailbox.list.query({ q: order.email })
    expect(items).toHaveLength(2)
  })
})

describe('a reset link', () => {
  const resetToken = `reset-token-${'x'.repeat(32)}`
  const request = async () => {
    const user = newUser()
    await notification.publish('user.password_reset_requested', { ...user, resetToken })
    return await mailFor(user.email)
  }
  const bodiesFor = async (client: Notification['staff'], id: string) => {
    const { html, text } = await client.mailbox.get.query({ id })
    return html + text
  }

  it('is seen by owners only while it works, and by nobody afterwards', async () => {
    const { id } = await request()
    expect(await bodiesFor(notification.staff, id)).not.toContain(resetToken)
    const seen = await bodiesFor(notification.owner, id)
    expect(seen.split(`/reset-password?token=${resetToken}`)).toHaveLength(3)
    const [stored] = await notification.sql<{ bodies: string }>(
      'select subject || html || text as bodies from message where id = $1',
      [id],
    )
    expect(stored?.bodies).not.toContain(resetToken)
    await notification.sql(`update message set secret_until = now() - interval '1 hour' where id = $1`, [id])
    const { eraseSecrets } = await import('../src/message-store.ts')
    const { openNotificationDatabase } = await import('@souk/db/notification')
    const db = openNotificationDatabase({ url: notification.env.DATABASE_URL, applicationName: 'test' })
    await eraseSecrets(db, new Date())
    await db.close()
    expect(await bodiesFor(notification.owner, id)).not.toContain(resetToken)
    expect(await codeOf(notification.staff.mailbox.resend.mutate({ id }))).toBe('INVALID_STATE')
  })

  it('is not sent when it is dead on arrival', async () => {
    const user = newUser()
    const envelope = await notification.publish('order.failed', {
      orderId: newId(),
      number: 'S-1',
      userId: null,
      reason: 'x',
      paymentId: null,
    })
    await notification.republish({
      ...envelope,
      id: newId(),
      name: 'user.password_reset_requested',
      aggregateId: user.userId,
      occurredAt: new Date(Date.now() - 31 * 60_000).toISOString(),
      data: { ...user, resetToken },
    })
    await notification.caughtUp('user.password_reset_requested')
    expect((await notification.staff.mailbox.list.query({ q: user.email })).items).toEqual([])
  })

  it('is hidden in dead letters too', async () => {
    const user = newUser()
    await notification.sql(
      `insert into dead_letter (id, consumer, event_id, stream, name, envelope, reason, attempts)
       values ($1::uuid, 'notification', $1::uuid::text, 'events:identity', 'user.password_reset_requested', $2, 'test', 8)`,
      [newId(), JSON.stringify({ data: { ...user, resetToken } })],
    )
    const { items } = await notification.staff.operations.deadLetters.query()
    expect(items.length).toBeGreaterThan(0)
    expect(JSON.stringify(items)).toContain(user.userId)
    expect(JSON.stringify(items)).not.toContain(resetToken)
  })
})

it('the code of a gift card is for owners’ eyes and in no stored body', async () => {
  const email = `${newId()}@example.test`
  const code = 'ABCD-EFGH-JKMN-PQRS-TVWX'
  await notification.publish('payment.gift_card_issued', {
    creditId: newId(),
    email,
    sealedCode: seal(code, mailSealSecret),
    last4: 'TVWX',
    amountMinor: 2500,
    currency: 'EUR',
    expiresAt: null,
  })
  const { id } = await mailFor(email)
  const bodyOf = async (client: Notification['staff'], messageId: string) =>
    (await client.mailbox.get.query({ id: messageId })).text
  expect(await bodyOf(notification.owner, id)).toContain(code)
  expect(await bodyOf(notification.staff, id)).not.toContain(code)
  const [row] = await notification.sql<{ html: string; text: string }>(
    'select html, text from message where id = $1',
    [id],
  )
  expect(`${row?.html}${row?.text}`).not.toContain(code)
})
