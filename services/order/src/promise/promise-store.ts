import type { Sql } from '@souk/db/connect'
import type { Promised } from './promise.ts'

/** A repeat writes the same. What has arrived is counted beside it, in whatever order the news comes. */
export async function savePromises(sql: Sql, orderId: string, promised: readonly Promised[]): Promise<void> {
  await sql.query(
    `update order_line set promised_quantity = given.quantity, expected_on = given.expected_on
     from unnest($2::text[], $3::int[], $4::date[]) as given (sku, quantity, expected_on)
     where order_id = $1 and order_line.sku = given.sku`,
    [
      orderId,
      promised.map(({ sku }) => sku),
      promised.map(({ quantity }) => quantity),
      promised.map(({ expectedOn }) => expectedOn),
    ],
    'promises-save',
  )
}

export async function saveArrival(
  tx: Sql,
  arrival: { orderId: string; sku: string; quantity: number },
): Promise<void> {
  await tx.query(
    'update order_line set arrived_quantity = arrived_quantity + $3 where order_id = $1 and sku = $2',
    [arrival.orderId, arrival.sku, arrival.quantity],
    'promise-arrival',
  )
}

/** Another day for all who still wait. */
export async function saveExpected(tx: Sql, sku: string, expectedOn: string | null): Promise<void> {
  await tx.query(
    'update order_line set expected_on = $2::date where sku = $1 and promised_quantity > arrived_quantity',
    [sku, expectedOn],
    'promise-expected',
  )
}
