/** What one client asked and was told, under one key. `unknown` may have happened or not. */
export type Purchase = {
  key: string
  sku: string
  quantity: number
  outcome: 'ordered' | 'refused' | 'unknown'
  code: string
  orderId: string | undefined
  orderToken: string | undefined
  wasCancelled: boolean
  requests: number
}

export type OrderOfKey = { command_key: string; id: string; status: string }

/** Compares what clients were told with what the shop has: told yes must be, told no must not, unknown at most once. */
export function checkHistory(history: readonly Purchase[], orders: readonly OrderOfKey[]): string[] {
  const byKey = Map.groupBy(orders, (order) => order.command_key)
  const known = new Set(history.map(({ key }) => key))
  const strangers = orders
    .filter(({ command_key }) => !known.has(command_key))
    .map(({ id }) => `Order ${id} belongs to no request`)
  return [...history.flatMap((purchase) => faultsOf(purchase, byKey.get(purchase.key) ?? [])), ...strangers]
}

function faultsOf(purchase: Purchase, orders: readonly OrderOfKey[]): string[] {
  const name = `Purchase ${purchase.key}`
  const faults: string[] = []
  if (orders.length > 1) faults.push(`${name} made ${orders.length} orders`)
  const [order] = orders
  if (purchase.outcome === 'ordered' && order?.id !== purchase.orderId)
    faults.push(`${name} was told ${purchase.orderId}, which is not there`)
  if (purchase.outcome === 'refused' && order && order.status !== 'failed')
    faults.push(`${name} was refused (${purchase.code}), yet order ${order.id} is ${order.status}`)
  if (purchase.wasCancelled && order && order.status !== 'cancelled')
    faults.push(`${name} was cancelled, yet is ${order.status}`)
  return faults
}
