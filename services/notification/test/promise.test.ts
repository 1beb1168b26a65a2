import { randomUUID } from 'node:crypto'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Notification, orderData, startNotification, webUrl } from './harness.ts'

let notification: Notification
beforeAll(async () => {
  notification = await startNotification()
})
afterAll(async () => await notification.stop())

const newEmail = () => `${randomUUID()}@example.test`
const mailsTo = async (email: string) =>
  (await notification.messages()).filter(({ to_address: to }) => to === email)
const mailTo = async (email: string) =>
  await until('the mail is there', async () => (await mailsTo(email))[0])

describe('goods that were sold before they were there', () => {
  it('ship later, as the confirmation says beside each of them', async () => {
    const order = orderData({ email: newEmail() })
    const [line] = order.lines
    if (!line) throw new Error('no line')
    const lines = [
      { ...line, name: 'Late jug', quantity: 2, shipsLater: 1, expectedOn: '2999-12-24' },
      { ...line, name: 'Later jug', quantity: 1, shipsLater: 1, expectedOn: null },
      { ...line, name: 'Ready jug', quantity: 1 },
    ]
    await notification.publish('order.confirmed', { ...order, lines })
    const mail = await mailTo(order.email)
    for (const body of [mail.html, mail.text]) {
      expect(body).toContain('1 of them ship later, expected 24 December 2999.')
      expect(body.match(/hips? later/g)).toHaveLength(3)
      expect(body.replaceAll('\n', ' ')).toContain('We tell you by e-mail when it has arrived.')
    }
    const calm = orderData({ email: newEmail() })
    await notification.publish('order.confirmed', calm)
    expect((await mailTo(calm.email)).text).not.toContain('later')
  })

  it('are told when they have arrived, once per order, with the way to it', async () => {
    const order = orderData({ email: newEmail() })
    await notification.publish('order.promise_kept', order)
    await notification.publish('order.promise_kept', order)
    const mail = await mailTo(order.email)
    expect(mail.template).toBe('order-arrived')
    expect(mail.subject).toBe(`Your ${order.lines[0]?.name} has arrived: order ${order.number}`)
    for (const body of [mail.html, mail.text]) {
      expect(body.replaceAll('\n', ' ')).toContain('is here now and will be sent to you')
      expect(body).toContain(`${webUrl}/orders/${order.orderId}?token=guest-key-guest-key`)
    }
    const after = orderData({ email: newEmail() })
    await notification.publish('order.confirmed', after)
    await mailTo(after.email)
    expect(await mailsTo(order.email)).toHaveLength(1)
  })
})
