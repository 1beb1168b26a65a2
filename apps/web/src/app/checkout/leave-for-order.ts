import type { PlacedOrder } from '@souk/order/contract'
import type { useRouter } from 'next/navigation'
import { paths } from '../../paths.ts'

/** On to what comes next: the provider's page when the customer has to act there, else the order. */
export async function leaveForOrder(order: PlacedOrder, router: ReturnType<typeof useRouter>): Promise<void> {
  if (order.accessToken) await keepAccess(order.id, order.accessToken)
  const action = order.payment?.action
  if (action?.type === 'redirect' && /^https?:\/\//.test(action.url)) {
    leadBackToOrder(order.id)
    location.assign(action.url)
    return
  }
  router.push(paths.order(order.id))
}

/** Who comes back with the browser's own button, such as from a page that did not load, finds the order and how to go on. */
function leadBackToOrder(orderId: string): void {
  history.replaceState(null, '', paths.order(orderId))
  addEventListener('pageshow', ({ persisted }) => {
    // Kept as it was, the page would still say that the order is being placed.
    if (persisted) location.reload()
  })
}

/** The guest's key goes to the server's keeping. Without it the order stands, but only the e-mail leads to it. */
async function keepAccess(orderId: string, token: string): Promise<void> {
  const response = await fetch(paths.orderAccess(orderId), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  }).catch(() => undefined)
  if (!response?.ok) location.assign(`${paths.order(orderId)}?token=${encodeURIComponent(token)}`)
}
