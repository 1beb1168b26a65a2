import { randomUUID } from 'node:crypto'
import { openNotificationDatabase } from '@souk/db/notification'
import { dispatch } from '@souk/events/inbox'
import { systemClock } from '@souk/kernel/clock'
import { newId } from '@souk/kernel/id'
import { createLog } from '@souk/service/log'
import { until } from '@souk/testing/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NotificationContext } from '../src/context.ts'
import { createLinks } from '../src/links.ts'
import { subscriptions } from '../src/subscriptions.ts'
import { type Notification, orderData, refundData, startNotification } from './harness.ts'

let notification: Notification
beforeAll(async () => {
  notification = await startNotification()
})
afterAll(async () => await notification.stop())

const about = {
  version: 1,
  aggregateId: 'any',
  aggregateVersion: 1,
  occurredAt: new Date().toISOString(),
  traceId: null,
}
const newOrder = () => orderData({ email: `${randomUUID()}@example.test` })
const refundMails = async (email: string) =>
  (await notification.messages()).filter(
    ({ to_address: to, template }) => to === email && template === 'order-refunded',
  )
const parked = async (orderId: string) =>
  await notification.sql('select 1 from unaddressed_refund where order_id = $1', [orderId])

describe('a refund', () => {
  it('is written about once per refund, with what went back now and in all', async () => {
    const order = newOrder()
    await notification.publish('order.confirmed', order)
    await notification.publish('payment.refunded', refundData(order.orderId, 1000))
    await notification.publish('payment.refunded', {
      ...refundData(order.orderId, 500),
      refundedTotalMinor: 1500,
    })
    const mails = await until('two mails', async () => {
      const found = await refundMails(order.email)
      return found.length === 2 ? found : undefined
    })
    expect(mails[0]?.text).toContain('Refunded now: €10.00')
    expect(mails[0]?.text).not.toContain('Refunded in all')
    expect(mails[1]?.text).toContain('Refunded now: €5.00')
    expect(mails[1]?.text).toContain('Refunded in all: €15.00')
    expect(mails[1]?.text).toContain(`/orders/${order.orderId}?token=`)
  })

  it('that is heard of before its order waits for the order, however long, and is written about once', async () => {
    const order = newOrder()
    const envelope = await notification.publish('payment.refunded', refundData(order.orderId))
    await notification.republish(envelope)
    await notification.caughtUp('payment.refunded')
    expect(await refundMails(order.email)).toEqual([])
    expect(await parked(order.orderId)).toHaveLength(1)
    await notification.publish('order.confirmed', order)
    await notification.caughtUp('order.confirmed')
    expect(await refundMails(order.email)).toHaveLength(1)
    expect(await parked(order.orderId)).toEqual([])
    await notification.republish(envelope)
    await notification.caughtUp('payment.refunded')
    expect(await refundMails(order.email)).toHaveLength(1)
  })

  it('of an order that was cancelled before it was confirmed reaches the customer', async () => {
    const order = newOrder()
    const cancelled = { ...order, reason: 'Not paid in time', wasConfirmed: false, paymentId: newId() }
    await notification.publish('payment.refunded', refundData(order.orderId))
    await notification.publish('order.cancelled', cancelled)
    await until('the mail', async () => (await refundMails(order.email)).length === 1)
  })

  it('of an order that failed reaches the customer when the order says who that is', async () => {
    const order = newOrder()
    const failed = {
      orderId: order.orderId,
      number: order.number,
      userId: null,
      reason: 'Paid too late',
      paymentId: newId(),
    }
    const contact = { email: order.email, customerName: order.customerName, accessToken: 'key' }
    await notification.publish('payment.refunded', refundData(order.orderId))
    await notification.publish('order.failed', { ...failed, contact })
    await until('the mail', async () => (await refundMails(order.email)).length === 1)

    const unknown = { ...failed, orderId: newId() }
    await notification.publish('order.failed', unknown)
    await notification.publish('payment.refunded', refundData(unknown.orderId))
    await notification.caughtUp('order.failed')
    await notification.caughtUp('payment.refunded')
    expect(await parked(unknown.orderId)).toEqual([])
    expect(await notification.sql('select 1 from message where order_id = $1', [unknown.orderId])).toEqual([])
    expect(await notification.sql('select 1 from dead_letter')).toEqual([])
  })

  it('never falls between two instances that hear of refund and order at the same moment', async () => {
    const db = openNotificationDatabase({ url: notification.env.DATABASE_URL, applicationName: 'test' })
    const handlers = subscriptions({
      db,
      links: createLinks('https://shop.example.test', undefined),
      clock: systemClock,
      log: createLog({ service: 'test', instance: '0', level: 'silent' }),
    } as NotificationContext)
    const orders = Array.from({ length: 40 }, newOrder)
    for (const order of orders) {
      const refunded = {
        ...about,
        id: newId(),
        name: 'payment.refunded',
        data: refundData(order.orderId),
      } as const
      const confirmed = { ...about, id: newId(), name: 'order.confirmed', data: order } as const
      await Promise.all([
        db.transaction(async (tx) => await dispatch(handlers, [refunded], tx)),
        db.transaction(async (tx) => await dispatch(handlers, [confirmed], tx)),
      ])
    }
    await db.close()
    for (const order of orders) expect(await refundMails(order.email), order.email).toHaveLength(1)
  })
})
