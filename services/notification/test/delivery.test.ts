import { randomUUID } from 'node:crypto'
import { openNotificationDatabase } from '@souk/db/notification'
import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claimDue } from '../src/message-store.ts'
import {
  mailSealSecret,
  type Notification,
  orderData,
  refundData,
  startNotification,
  webUrl,
} from './harness.ts'
import { startSmtp } from './smtp.ts'

type Smtp = Awaited<ReturnType<typeof startSmtp>>
let smtp: Smtp
let refuse: (stage: 'receiver' | 'mail', address: string) => number | undefined
let notification: Notification

async function start() {
  refuse = () => undefined
  smtp = await startSmtp({ answer: (stage, address) => refuse(stage, address) })
  notification = await startNotification({ smtpUrl: smtp.url, mailStaff: 'staff@example.test' })
}
async function stop() {
  await notification.stop()
  await smtp.stop()
}

const newEmail = () => `${randomUUID()}@example.test`
const newUser = () => ({ userId: newId(), email: newEmail(), name: 'Ada Lovelace' })
const arrivedAt = (email: string) => smtp.received.filter(({ recipients }) => recipients.includes(email))
const arrival = async (email: string, count = 1) =>
  await until(`${count} mails for ${email}`, () => {
    const found = arrivedAt(email)
    return found.length >= count ? found : undefined
  })
const rowsFor = async (email: string) =>
  (await notification.messages()).filter(({ to_address: to }) => to === email)

describe('a mail', () => {
  beforeAll(start)
  afterAll(stop)

  it('arrives as HTML and text, from and to the right people, with the link to the order', async () => {
    const order = orderData({ email: newEmail() })
    await notification.publish('order.confirmed', order)
    const [received] = await arrival(order.email)
    const mail = received?.mail
    expect(received?.recipients).toEqual([order.email])
    expect(mail?.from).toMatchObject({ name: 'Souk', address: 'hello@souk.test' })
    expect(mail?.to).toMatchObject([{ name: 'Mira Sorel', address: order.email }])
    expect(mail?.subject).toBe('Your order S-100042 is confirmed')
    const link = `${webUrl}/orders/${order.orderId}?token=guest-key-guest-key`
    const parts = [
      'Brook jug',
      'Ink, 1.2 l',
      '€48.00',
      '€96.00',
      '€4.90',
      '€100.90',
      'Lindenstraße 18',
      'Germany',
    ]
    for (const body of [mail?.html ?? '', mail?.text ?? '']) {
      for (const part of [link, ...parts]) expect(body, part).toContain(part)
    }
    expect(mail?.html).toContain('alt="Brook jug"')
    expect(mail?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
  })

  it('links a customer to the order without a key, because a customer signs in', async () => {
    const order = orderData({ email: newEmail(), userId: newId(), accessToken: null })
    await notification.publish('order.confirmed', order)
    const [received] = await arrival(order.email)
    expect(received?.mail.html).toContain(`href="${webUrl}/orders/${order.orderId}"`)
    expect(received?.mail.text).not.toContain('token=')
  })

  it('leaves at once after its event, not when the sender looks the next time', async () => {
    const times: number[] = []
    for (let round = 0; round < 4; round += 1) {
      const user = newUser()
      const started = performance.now()
      await notification.publish('user.registered', user)
      await arrival(user.email)
      times.push(performance.now() - started)
    }
    // By itself the sender looks every 0.8 to 1.2 s, and it had just looked before each round.
    expect(Math.min(...times.slice(1))).toBeLessThan(700)
  })

  it('is sent once however often the bus delivers its event', async () => {
    const order = orderData({ email: newEmail() })
    const envelope = await notification.publish('order.confirmed', order)
    for (let again = 0; again < 4; again += 1) await notification.republish(envelope)
    await notification.caughtUp('order.confirmed')
    await notification.settled(1)
    expect(await rowsFor(order.email)).toHaveLength(1)
    expect(arrivedAt(order.email)).toHaveLength(1)
  })

  it('comes once per order even when a second event says the same', async () => {
    const order = orderData({ email: newEmail() })
    await notification.publish('order.confirmed', order)
    await notification.publish('order.confirmed', order)
    await notification.caughtUp('order.confirmed')
    await notification.settled(1)
    expect((await rowsFor(order.email)).map(({ template }) => template)).toEqual(['order-confirmed'])
    expect(arrivedAt(order.email)).toHaveLength(1)
  })

  it('comes once per parcel and says what is in it, and again when its tracking is corrected', async () => {
    const order = orderData({ email: newEmail() })
    const [jug] = order.lines
    if (!jug) throw new Error('no line')
    const parcel = (quantity: number, trackingNumber: string) => ({
      ...order,
      lines: [{ ...jug, quantity, totalMinor: jug.unitPriceMinor * quantity }],
      shipmentId: newId(),
      carrier: 'DHL',
      trackingNumber,
    })
    const first = parcel(1, 'PARCEL-1')
    await notification.publish('order.shipped', { ...first, amountMinor: 4800, isComplete: false })
    await notification.publish('order.tracking_corrected', { ...first, trackingNumber: 'PARCEL-1B' })
    await notification.publish('order.shipped', {
      ...parcel(3, 'PARCEL-2'),
      amountMinor: 5290,
      isComplete: true,
    })
    const mails = (await arrival(order.email, 3)).map(({ mail }) => mail)
    const about = (subject: string) => mails.find((mail) => mail.subject === subject)?.text ?? ''
    const part = about('A part of your order S-100042 is on its way')
    expect(part).toContain('PARCEL-1')
    expect(part).toContain('1 x €48.00')
    expect(part).toContain('The rest follows')
    expect(about('New tracking for your order S-100042')).toContain('PARCEL-1B')
    const rest = about('Your order S-100042 is on its way')
    expect(rest).toContain('3 x €48.00')
    expect(rest).not.toContain('The rest follows')
  })

  it('follows a return: asked for, approved with instructions, declined, arrived', async () => {
    const order = orderData({ email: newEmail() })
    const ref = { returnId: newId(), returnNumber: 'R-1042' }
    const { orderId, number, userId, lines } = order
    const [jug] = lines
    if (!jug) throw new Error('no line')
    await notification.publish('order.return_requested', { ...order, ...ref })
    await notification.publish('order.return_approved', { ...order, ...ref, answer: 'Bring it to the shop.' })
    const held = [{ sku: jug.sku, name: jug.name, optionsLabel: 'Moss', quantity: 1 }]
    for (const [index, exchange] of [
      { lines: held, toPayMinor: 500, backMinor: 0 },
      { lines: held, toPayMinor: 0, backMinor: 400 },
      { lines: held, toPayMinor: 0, backMinor: 0 },
    ].entries()) {
      const other = { returnId: newId(), returnNumber: `R-105${index}` }
      await notification.publish('order.return_approved', { ...order, ...other, answer: null, exchange })
    }
    await notification.publish('order.return_declined', { ...order, ...ref, answer: 'It was used.' })
    const back = [
      { sku: jug.sku, name: jug.name, quantity: 1, disposition: 'restock' as const },
      { sku: jug.sku, name: jug.name, quantity: 1, disposition: 'write_off' as const },
    ]
    const returned = { orderId, number, userId, lines: back, isPartial: false }
    await notification.publish('order.returned', { ...returned, ...ref })
    await notification.publish('order.returned', returned)
    await notification.caughtUp('order.returned')
    const mails = (await arrival(order.email, 7)).map(({ mail }) => mail)
    const about = (subject: string) => mails.find((mail) => mail.subject === subject)?.text ?? ''
    expect(about('We have your return R-1042')).toContain('Brook jug')
    expect(about('Your return R-1042 is approved')).toContain('Bring it to the shop.')
    expect(about('Your return R-1042 is approved')).toContain('Write on the parcel: R-1042')
    expect(about('Your return R-1042 was declined')).toContain('It was used.')
    expect(about('Your return R-1042 has arrived')).toContain('Brook jug: 2')
    const exchanged = (index: number) =>
      about(`Your return R-105${index} is approved`).replaceAll(/\s+/g, ' ')
    expect(exchanged(0)).toContain('We hold for you: 1 × Brook jug, Moss')
    expect(exchanged(0)).toContain('paid the difference of €5.00')
    expect(exchanged(1)).toContain('€4.00 goes back')
    expect(exchanged(2)).toContain('You have nothing to pay')
    expect(mails).toHaveLength(7)
  })

  it('about what was added says what is to pay, with the link; what the link is for is told once', async () => {
    const { shippingAddress: _, totals, ...order } = orderData({ email: newEmail(), number: 'S-77' })
    const added = {
      pieces: [{ sku: 'BROOK-JUG-SAND', name: 'Brook jug', optionsLabel: 'Sand', quantity: 1 }],
      movedMinor: 1900,
      toPayMinor: 500,
      isCod: false,
    }
    const edit = { ...order, totals, editId: newId(), removed: [], loweredMinor: 1900 }
    await notification.publish('order.edited', { ...edit, added })
    const offer = {
      ...order,
      followUpId: newId(),
      draftId: newId(),
      draftToken: 'k'.repeat(43),
      totalMinor: 2400,
      movedMinor: 1900,
      toPayMinor: 500,
      currency: 'EUR' as const,
      note: null,
      expiresAt: '2026-12-01T10:00:00.000Z',
    }
    await notification.publish('order.follow_up_offered', { ...offer, kind: 'addition' })
    await notification.publish('order.follow_up_offered', { ...offer, kind: 'exchange' })
    await notification.publish('order.edited', { ...edit, added: { ...added, isCod: true } })
    const mails = await arrival(order.email, 3)
    const textOf = (subject: string) => mails.find(({ mail }) => mail.subject === subject)?.mail.text
    const changed = textOf('Your order S-77 was changed: €5.00 to pay')
    expect(changed).toContain(`/drafts/${offer.draftId}?token=${offer.draftToken}`)
    expect(changed).toContain('From your order: −€19.00')
    expect(textOf('Your exchange for order S-77: €5.00 to pay')).toContain('From what you sent back: −€19.00')
    expect(textOf('Your order S-77 was changed')).toContain('You pay €5.00 for it on delivery.')
  })

  it('says of a rest that is cancelled what is not sent, and what that costs less', async () => {
    const order = orderData({ email: newEmail() })
    await notification.publish('order.edited', {
      ...order,
      editId: newId(),
      removed: [{ sku: 'BROOK-JUG-INK', name: 'Brook jug', optionsLabel: 'Ink', quantity: 2 }],
      loweredMinor: 5800,
      isRest: true,
    })
    const [one] = await arrival(order.email, 1)
    expect(one?.mail.subject).toBe('The rest of your order S-100042 is cancelled')
    expect(one?.mail.text).toContain('Not sent: 2 × Brook jug, Ink')
    expect(one?.mail.text).toMatch(/€58\.00\s+less/)
  })

  it('is written for every event that has one', async () => {
    const order = orderData({ email: newEmail() })
    const user = newUser()
    const paymentId = newId()
    const cancelled = { ...order, reason: 'Ordered twice', wasConfirmed: true, paymentId }
    await notification.publish('order.confirmed', order)
    await notification.publish('order.shipped', { ...order, carrier: 'DHL', trackingNumber: '00340434' })
    await notification.publish('order.edited', {
      ...order,
      editId: newId(),
      removed: [{ sku: 'BROOK-JUG-INK', name: 'Brook jug', optionsLabel: 'Ink', quantity: 2 }],
      loweredMinor: 5800,
    })
    await notification.publish('order.cancelled', cancelled)
    await notification.publish('payment.refunded', refundData(order.orderId, 10_090))
    await notification.publish('user.registered', user)
    await notification.publish('user.password_reset_requested', { ...user, resetToken: 'r'.repeat(43) })
    await notification.publish('user.password_changed', user)
    await notification.publish('stock.low', { sku: 'BROOK-JUG-INK', available: 3, threshold: 5 })
    const subjects = async (email: string, count: number) =>
      (await arrival(email, count)).map(({ mail }) => mail.subject).sort()
    const edited = (await arrival(order.email, 5)).find(({ mail }) => mail.subject?.endsWith('was changed'))
    expect(edited?.mail.text).toContain('2 × Brook jug, Ink')
    expect(edited?.mail.text).toContain('€58.00 less')
    expect(await subjects(order.email, 5)).toEqual([
      'Refund of €100.90 for your order S-100042',
      'Your order S-100042 is confirmed',
      'Your order S-100042 is on its way',
      'Your order S-100042 was cancelled',
      'Your order S-100042 was changed',
    ])
    expect(await subjects(user.email, 3)).toEqual([
      'Choose a new password',
      'Welcome to Souk',
      'Your password was changed',
    ])
    expect(await subjects('staff@example.test', 1)).toEqual(['Stock is low: BROOK-JUG-INK, 3 available'])
  })
})

describe('a mail server', () => {
  beforeEach(start)
  afterEach(stop)

  it('that is down for an hour costs no mail, and each leaves once when it is back', async () => {
    await smtp.stop()
    const count = 12
    for (let index = 0; index < count; index += 1) {
      await notification.publish('order.confirmed', orderData({ number: `S-${index}` }))
    }
    await until('each was tried and put off', async () => {
      const rows = await notification.messages()
      return rows.length === count && rows.every(({ attempts, error }) => attempts >= 1 && error !== null)
    })
    expect((await notification.messages()).every(({ status }) => status === 'queued')).toBe(true)
    smtp = await startSmtp({ port: smtp.port })
    await notification.later(3600)
    const rows = await notification.settled(count)
    expect(rows.every(({ status, error }) => status === 'sent' && error === null)).toBe(true)
    expect(new Set(smtp.received.map(({ mail }) => mail.subject)).size).toBe(count)
    expect(smtp.received).toHaveLength(count)
  })

  it('that is busy is asked again with the same Message-ID', async () => {
    let refusals = 2
    refuse = (stage) => {
      if (stage !== 'mail' || refusals === 0) return undefined
      refusals -= 1
      return 451
    }
    await notification.publish('user.registered', newUser())
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await until('it was put off', async () => (await notification.messages())[0]?.attempts === attempt + 1)
      await notification.later(90)
    }
    const [row] = await notification.settled(1)
    expect(row).toMatchObject({ status: 'sent', attempts: 3 })
    expect(smtp.received.map(({ mail }) => mail.messageId)).toEqual([`<${row?.id}@souk.test>`])
  })

  it('that refuses a receiver for good stops only that mail, after a few attempts', async () => {
    const [gone, here] = [newUser(), newUser()]
    refuse = (stage, address) => (stage === 'receiver' && address === gone.email ? 550 : undefined)
    await notification.publish('user.registered', gone)
    await notification.publish('user.registered', here)
    await arrival(here.email)
    await until('it was put off', async () => (await rowsFor(gone.email))[0]?.error)
    expect(await rowsFor(gone.email)).toMatchObject([{ status: 'queued', attempts: 1 }])
    await notification.sql('update message set attempts = 4 where to_address = $1', [gone.email])
    await notification.later(90)
    await until('it is given up', async () => (await rowsFor(gone.email))[0]?.status === 'failed')
    expect((await rowsFor(gone.email))[0]?.error).toContain('550')
  })

  it('gets a mail from one sender only, when two instances send at once', async () => {
    const rows = await notification.sql<{ id: string }>(
      `insert into message (id, template, to_address, to_name, subject, html, text, due_at)
       select gen_random_uuid(), 'welcome', 'p' || n || '@example.test', 'P', 'Hello ' || n, '<p>Hi</p>', 'Hi', now()
       from generate_series(1, 60) n returning id`,
    )
    const second = await startSecondSender(notification, smtp.url)
    await notification.settled(rows.length)
    expect(new Set(smtp.received.map(({ mail }) => mail.messageId)).size).toBe(rows.length)
    expect(smtp.received).toHaveLength(rows.length)
    await second.stop()
  })

  it('is never handed one mail by many senders that claim at the same moment', async () => {
    const sender = openNotificationDatabase({ url: notification.env.DATABASE_URL, applicationName: 'test' })
    // Not due yet for the service's own sender.
    const later = new Date(Date.now() + 3_600_000)
    await notification.sql(
      `insert into message (id, template, to_address, to_name, subject, html, text, due_at)
       select gen_random_uuid(), 'welcome', 'p@example.test', 'P', 'Hello', '<p>Hi</p>', 'Hi', $1
       from generate_series(1, 60) n`,
      [later],
    )
    const claims = await Promise.all(
      Array.from(
        { length: 10 },
        async () => await claimDue(sender, { limit: 6, leaseSeconds: 60, now: later }),
      ),
    )
    const ids = claims.flat().map(({ id }) => id)
    expect(ids).toHaveLength(60)
    expect(new Set(ids).size).toBe(60)
    await sender.close()
  })

  it('gets a mail again whose sender died, when the lease is over and not before', async () => {
    await notification.sql(
      `insert into message (id, template, to_address, to_name, subject, html, text, due_at, attempts, leased_until)
       values ($1, 'welcome', 'ada@example.test', 'Ada', 'Hello', '<p>Hi</p>', 'Hi', now(), 1, now() + interval '120 seconds')`,
      [newId()],
    )
    await notification.publish('user.registered', newUser())
    await until('another mail passes by', () => smtp.received.length === 1)
    expect(smtp.received[0]?.mail.subject).toBe('Welcome to Souk')
    await notification.later(121)
    await notification.settled(2)
    expect(smtp.received.map(({ mail }) => mail.subject)).toEqual(['Welcome to Souk', 'Hello'])
  })
})

async function startSecondSender(first: Notification, smtpUrl: string) {
  const { startService } = await import('@souk/runtime/start-service')
  const { notificationService } = await import('../src/service.ts')
  const own = {
    SMTP_URL: smtpUrl,
    MAIL_FROM: 'Souk <hello@souk.test>',
    WEB_URL: webUrl,
    MAIL_SEAL_SECRET: mailSealSecret,
  }
  return await startService(notificationService({ ...first.env, ...own, INSTANCE: 'second' }))
}
