import { randomUUID } from 'node:crypto'
import type { EventData } from '@souk/events/catalog'
import { newId } from '@souk/kernel/id'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Notification, startNotification } from './harness.ts'
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

function issued(over: Partial<EventData<'invoice.issued'>['document']> = {}): EventData<'invoice.issued'> {
  return {
    orderId: newId(),
    userId: null,
    accessToken: 'the-key',
    document: {
      id: newId(),
      kind: 'invoice',
      number: 'INV-2026-000007',
      issuedAt: '2026-11-21T10:00:00.000Z',
      orderNumber: 'SK-100007',
      orderedAt: '2026-11-21T10:00:00.000Z',
      invoiceNumber: null,
      seller: { name: 'Souk', lines: [], email: null, taxId: null },
      buyer: { name: 'Maya Lind', lines: ['Lindenweg 4'], email: `${randomUUID()}@example.test` },
      currency: 'EUR',
      lines: [{ name: 'Mug', detail: 'Oat', quantity: 1, unitPriceMinor: 1900, totalMinor: 1900 }],
      subtotalMinor: 1900,
      discountMinor: 0,
      shippingMinor: 490,
      totalMinor: 2390,
      taxMinor: 382,
      taxes: [{ rateBasisPoints: 1900, netMinor: 2008, taxMinor: 382, grossMinor: 2390 }],
      ...over,
    },
  }
}
const mailsFor = (data: EventData<'invoice.issued'>) =>
  smtp.received.filter(({ recipients }) => recipients.includes(data.document.buyer.email ?? ''))

describe('a draft order', () => {
  it('goes to its customer with what it costs and the link to pay', async () => {
    const email = `${randomUUID()}@example.test`
    const draftId = newId()
    await notification.publish('draft.sent', {
      draftId,
      number: 'D-1001',
      email,
      customerName: 'Maya Lind',
      draftToken: 'the-key',
      lines: [
        {
          sku: 'MUG',
          name: 'Mug',
          optionsLabel: 'Oat',
          imageUrl: null,
          quantity: 1,
          unitPriceMinor: 1900,
          totalMinor: 1900,
        },
      ],
      totals: {
        subtotalMinor: 1900,
        discountMinor: 0,
        shippingMinor: 490,
        taxMinor: 382,
        totalMinor: 2390,
        currency: 'EUR',
      },
      note: 'As agreed <b>on the phone</b>',
      expiresAt: '2026-12-05T10:00:00.000Z',
    })
    const { mail } = await until('it arrived', () =>
      smtp.received.find(({ recipients }) => recipients.includes(email)),
    )
    expect(mail.subject).toBe('Your order D-1001 is ready to be paid')
    expect(mail.text).toContain(`/drafts/${draftId}?token=the-key`)
    expect(mail.text).toContain('€23.90')
    expect(mail.html).toContain('As agreed &lt;b&gt;on the phone')
  })
})

describe('an invoice', () => {
  it('goes to its buyer once, as a PDF, with a link to the order', async () => {
    const data = issued()
    const envelope = await notification.publish('invoice.issued', data)
    await notification.republish(envelope)
    await notification.caughtUp('invoice.issued')
    const [mail] = await until('it arrived', () => (mailsFor(data).length > 0 ? mailsFor(data) : undefined))
    expect(mailsFor(data)).toHaveLength(1)
    expect(mail?.mail.subject).toBe('Your invoice INV-2026-000007 for order SK-100007')
    expect(mail?.mail.text).toContain(`/orders/${data.orderId}?token=the-key`)
    const [file] = mail?.mail.attachments ?? []
    expect(file).toMatchObject({ filename: 'INV-2026-000007.pdf', mimeType: 'application/pdf' })
    expect(new TextDecoder('latin1').decode(file?.content as ArrayBuffer).slice(0, 5)).toBe('%PDF-')
  })

  it('that takes another one back says which, and a copy sent again has the same file', async () => {
    const data = issued({ kind: 'credit_note', number: 'CN-2026-000001', invoiceNumber: 'INV-2026-000007' })
    await notification.publish('invoice.issued', data)
    const [first] = await until('it arrived', () => (mailsFor(data).length > 0 ? mailsFor(data) : undefined))
    expect(first?.mail.text).toContain('For invoice: INV-2026-000007')
    const stored = await until('it is marked as sent', async () =>
      (await notification.messages()).find(
        ({ to_address, status }) => to_address === data.document.buyer.email && status === 'sent',
      ),
    )
    await notification.staff.mailbox.resend.mutate({ id: stored.id })
    const both = await until('the copy arrived', () =>
      mailsFor(data).length > 1 ? mailsFor(data) : undefined,
    )
    const [one, two] = both.map(({ mail }) => mail.attachments[0]?.content)
    expect(two).toEqual(one)
  })
})
