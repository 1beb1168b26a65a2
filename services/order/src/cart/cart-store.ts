import type { Sql } from '@souk/db/connect'
import { newId } from '@souk/kernel/id'
import type { Cart, CartItem } from './cart.ts'

type CartRow = {
  id: string
  user_id: string | null
  version: number
  updated_at: Date
  items: CartItem[] | null
}

const select = `select c.id, c.user_id, c.version, c.updated_at,
  (select json_agg(json_build_object('sku', l.sku, 'quantity', l.quantity) order by l.added_at, l.sku)
   from cart_line l where l.cart_id = c.id) as items from cart c`

export async function findCart(sql: Sql, id: string): Promise<Cart | undefined> {
  const [row] = await sql.query<CartRow>(`${select} where c.id = $1`, [id], 'cart-by-id')
  return row ? toCart(row) : undefined
}

export async function findCartOfUser(sql: Sql, userId: string): Promise<Cart | undefined> {
  const [row] = await sql.query<CartRow>(`${select} where c.user_id = $1`, [userId], 'cart-of-user')
  return row ? toCart(row) : undefined
}

/** Finds or makes the cart and holds it until the transaction ends, so that two changes follow one another. */
export async function lockCart(
  tx: Sql,
  key: { id: string | undefined; userId: string | null },
): Promise<Cart> {
  if (key.userId !== null) {
    await tx.query('insert into cart (id, user_id) values ($1, $2) on conflict (user_id) do nothing', [
      newId(),
      key.userId,
    ])
    await tx.query('select 1 from cart where user_id = $1 for update', [key.userId])
    const own = await findCartOfUser(tx, key.userId)
    if (own) return own
  }
  const id = key.id ?? newId()
  await tx.query('insert into cart (id) values ($1) on conflict (id) do nothing', [id], 'cart-make')
  await tx.query('select 1 from cart where id = $1 for update', [id], 'cart-lock')
  const cart = await findCart(tx, id)
  if (!cart) throw new Error('A cart vanished while it was locked')
  return cart
}

/** Replaces the lines; those that stay keep their place. */
export async function saveItems(tx: Sql, cart: Cart, items: readonly CartItem[]): Promise<Cart> {
  const [row] = await tx.query<{ version: number; updated_at: Date }>(
    `with gone as (delete from cart_line where cart_id = $1 and sku <> all($2::text[])),
     kept as (
       insert into cart_line (cart_id, sku, quantity)
       select $1, line.sku, line.quantity from unnest($2::text[], $3::int[]) as line(sku, quantity)
       on conflict (cart_id, sku) do update set quantity = excluded.quantity)
     update cart set version = version + 1, updated_at = now() where id = $1 returning version, updated_at`,
    [cart.id, items.map((item) => item.sku), items.map((item) => item.quantity)],
    'cart-save',
  )
  return {
    ...cart,
    items: [...items],
    version: row?.version ?? cart.version,
    updatedAt: row?.updated_at ?? cart.updatedAt,
  }
}

/** After an order: the cart it came from, if it is a guest's or this customer's own. The numbers are those of the parameters. */
export function emptyCartSql(id: number, userId: number): string {
  return `delete from cart_line using cart
     where cart_line.cart_id = cart.id and cart.id = $${id} and (cart.user_id is null or cart.user_id = $${userId})`
}

export async function removeCart(tx: Sql, id: string): Promise<void> {
  await tx.query('delete from cart where id = $1', [id], 'cart-remove')
}

/** Guests' carts that nobody touched for `days`. */
export async function removeAbandonedCarts(sql: Sql, days: number): Promise<void> {
  await sql.query(
    `delete from cart where id in (
       select id from cart where user_id is null and updated_at < now() - make_interval(days => $1) limit 1000)`,
    [days],
  )
}

function toCart(row: CartRow): Cart {
  return {
    id: row.id,
    userId: row.user_id,
    items: row.items ?? [],
    version: row.version,
    updatedAt: row.updated_at,
  }
}
