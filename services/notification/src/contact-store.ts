import type { Sql } from '@souk/db/connect'
import type { Refund } from './mails/order-refunded.ts'

export type OrderContact = {
  orderId: string
  number: string
  /** None for an order about which nobody is to be written to. */
  email: string | null
  customerName: string | null
  accessToken: string | null
}

/**
 * Orders and refunds come over two streams, so either may be first and two instances may handle them at
 * once. Whoever handles one holds this lock, so that the second always sees what the first wrote.
 */
export async function lockOrders(tx: Sql, orderIds: readonly string[]): Promise<void> {
  // Always in one order, or two who lock the same would wait for each other.
  await tx.query(
    'select pg_advisory_xact_lock(hashtextextended(id, 0)) from unnest($1::text[]) as given (id)',
    [[...orderIds].sort()],
    'orders-lock',
  )
}

/** Contacts of different orders. */
export async function writeContacts(tx: Sql, contacts: readonly OrderContact[]): Promise<void> {
  await tx.query(
    `insert into order_contact (order_id, number, email, customer_name, access_token)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
     on conflict (order_id) do update set
       email = coalesce(excluded.email, order_contact.email),
       customer_name = coalesce(excluded.customer_name, order_contact.customer_name),
       access_token = coalesce(excluded.access_token, order_contact.access_token)`,
    [
      contacts.map((contact) => contact.orderId),
      contacts.map((contact) => contact.number),
      contacts.map((contact) => contact.email),
      contacts.map((contact) => contact.customerName),
      contacts.map((contact) => contact.accessToken),
    ],
    'contacts-write',
  )
}

export async function findContact(tx: Sql, orderId: string): Promise<OrderContact | undefined> {
  const [row] = await tx.query<OrderContact>(
    `select order_id as "orderId", number, email, customer_name as "customerName", access_token as "accessToken"
     from order_contact where order_id = $1`,
    [orderId],
  )
  return row
}

export type UnaddressedRefund = { eventId: string; refund: Refund }

export async function parkRefund(tx: Sql, parked: UnaddressedRefund): Promise<void> {
  await tx.query(
    `insert into unaddressed_refund (event_id, order_id, refund) values ($1, $2, $3) on conflict do nothing`,
    [parked.eventId, parked.refund.orderId, JSON.stringify(parked.refund)],
  )
}

/** Takes the refunds that waited for these orders. */
export async function takeParkedRefunds(tx: Sql, orderIds: readonly string[]): Promise<UnaddressedRefund[]> {
  return await tx.query<UnaddressedRefund>(
    'delete from unaddressed_refund where order_id = any($1::uuid[]) returning event_id as "eventId", refund',
    [orderIds],
    'refunds-take',
  )
}
