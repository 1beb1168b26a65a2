import { randomUUID } from 'node:crypto'
import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Notification, orderData, startNotification } from './harness.ts'
import { startSmtp } from './smtp.ts'

let smtp: Awaited<ReturnType<typeof startSmtp>>
let notification: Notification
beforeAll(async () => {
  smtp = await startSmtp()
  notification = await startNotification({ smtpUrl: smtp.url })
})
afterAll(async () => {
  await notification.stop()
  await smtp.stop()
})

const newEmail = () => `${randomUUID()}@example.test`
const arrival = async (email: string) =>
  await until(`a mail for ${email}`, () => smtp.received.find(({ recipients }) => recipients.includes(email)))

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></style><svg onload=alert(1)>',
  '=cmd|/c calc!A1',
  '{{7*7}} SOUK-SECRET-GOES-HERE',
  'Line\r\nBcc: evil@example.test\r\n\r\nBody',
  '\u202Egnp.exe',
]

describe('hostile text', () => {
  it.each(hostile)('stays text in every field of an order mail: %j', async (text) => {
    const email = newEmail()
    const order = orderData({
      email,
      number: `S-1 ${text}`,
      customerName: text,
      accessToken: `"><script>${text}`,
      shippingAddress: {
        name: text,
        line1: text,
        line2: text,
        city: text,
        postalCode: '1',
        region: text,
        country: 'DE',
      },
    })
    order.lines = order.lines.map((line) => ({
      ...line,
      name: text,
      optionsLabel: text,
      imageUrl: `https://x/"${text}`,
    }))
    await notification.publish('order.confirmed', order)
    const { mail, raw, recipients } = await arrival(email)
    expect(recipients).toEqual([email])
    expect(smtp.received.flatMap((received) => received.recipients)).not.toContain('evil@example.test')
    const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
    expect(head).not.toMatch(/^bcc:/im)
    expect(mail.headers.map(({ key }) => key)).not.toContain('bcc')
    expect(mail.subject).not.toMatch(/[\r\n]/)
    const markup = (mail.html ?? '').replace(/"[^"]*"/g, '""')
    expect(markup).not.toMatch(/<[^>]*\son\w+=/)
    const foreign = /<(?!\/?(html|head|meta|title|style|body|div|table|tr|td|h1|h2|p|a|img|br)\b|!doctype)/g
    expect(markup.match(foreign)).toBeNull()
    expect(mail.html?.match(/(?:href|src)="(?!https:\/\/)/)).toBeNull()
  })

  it('shows a formula and markup to the reader exactly as it was typed', async () => {
    const email = newEmail()
    const order = orderData({ email })
    order.lines = order.lines.map((line) => ({ ...line, name: '=cmd|<b>&"\'' }))
    await notification.publish('order.confirmed', order)
    const { mail } = await arrival(email)
    expect(mail.html).toContain('=cmd|&lt;b&gt;&amp;&quot;&#39;')
    expect(mail.text).toContain('=cmd|<b>&"\'')
  })

  it('loads pictures from web addresses only', async () => {
    const email = newEmail()
    const order = orderData({ email })
    const urls = [
      'javascript:alert(1)',
      'data:image/svg+xml,<svg onload=alert(1)>',
      'file:///etc/passwd',
      '/relative',
    ]
    order.lines = urls.flatMap((imageUrl) => order.lines.map((line) => ({ ...line, imageUrl })))
    await notification.publish('order.confirmed', order)
    const { mail } = await arrival(email)
    expect(mail.html).not.toContain('<img')
    for (const scheme of ['javascript:', 'data:image', 'file:']) expect(mail.html).not.toContain(scheme)
  })
})

describe('a greeting', () => {
  it('does not carry a stranger’s message to an address that a stranger typed', async () => {
    for (const name of ['Visit http://evil.example now', 'evil.example', 'You-won-1000€', 'Call 0900/123']) {
      const email = newEmail()
      await notification.publish('user.registered', { userId: newId(), email, name })
      const { mail } = await arrival(email)
      expect(mail.text).not.toContain('evil')
      expect(mail.text).not.toContain('1000')
      expect(mail.text).not.toContain('0900')
      expect(mail.html).not.toContain('evil')
    }
  })
})

describe('an address', () => {
  it('that is not exactly one reaches nobody, is put off, and holds up nobody else', async () => {
    const bad = [
      'a@example.test, b@example.test',
      'a@example.test\r\nRCPT TO:<b@example.test>',
      '<a@example.test>',
      '',
    ]
    const envelopes = []
    for (const email of bad)
      envelopes.push(await notification.publish('order.confirmed', orderData({ email })))
    const email = newEmail()
    await notification.publish('order.confirmed', orderData({ email }))
    await arrival(email)
    const handled = await notification.sql('select 1 from inbox where event_id = any($1::uuid[])', [
      envelopes.map(({ id }) => id),
    ])
    expect(handled).toEqual([])
    expect(
      await notification.sql(`select 1 from message where to_address !~ '^[0-9a-f-]+@example[.]test$'`),
    ).toEqual([])
    expect(smtp.received.flatMap(({ recipients }) => recipients).filter((to) => /^[ab]@/.test(to))).toEqual(
      [],
    )
  })
})

describe('a mail of a long order', () => {
  it('stays small enough that mail programs show it whole', async () => {
    const email = newEmail()
    const order = orderData({ email })
    order.lines = Array.from({ length: 100 }, (_, index) => {
      const [line] = orderData().lines
      if (!line) throw new Error('No line')
      return { ...line, name: `Product ${index} ${'with a long name '.repeat(5)}` }
    })
    await notification.publish('order.confirmed', order)
    const { mail } = await arrival(email)
    expect(Buffer.byteLength(mail.html ?? '')).toBeLessThan(100_000)
    expect(mail.html).toContain('and 80 more products')
    expect(mail.text).toContain('and 80 more products')
  })
})
