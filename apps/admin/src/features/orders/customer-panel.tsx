import type { Order } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import Link from 'next/link'
import { DateTime } from '../../frame/date-time.tsx'
import { paths } from '../../paths.ts'

const countryName = (code: string) => new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code

export function CustomerPanel({ order }: { order: Order }) {
  const address = order.shippingAddress
  const lines = [
    address.name,
    address.line1,
    address.line2,
    [address.postalCode, address.city].join(' '),
    address.region,
    countryName(address.country),
  ].filter(Boolean)
  return (
    <Panel title="Customer and delivery">
      <div className="flex flex-col gap-4 text-sm">
        <div>
          <p>
            <a href={`mailto:${order.email}`} className="link break-all">
              {order.email}
            </a>
          </p>
          <p className="text-ink-soft">
            {order.userId ? 'Has an account' : 'Bought as a guest'} ·{' '}
            <Link href={paths.orders({ q: order.email })} className="link">
              All their orders
            </Link>
          </p>
        </div>
        <address className="not-italic">
          <span className="whitespace-pre-line">{lines.join('\n')}</span>
          {address.phone && (
            <a href={`tel:${address.phone.replace(/[^+\d]/g, '')}`} className="link block">
              {address.phone}
            </a>
          )}
        </address>
        <p>
          <span className="text-ink-soft">Delivery </span>
          {order.shippingMethod.name}
        </p>
        {order.shipments.map((shipment) => (
          <p key={shipment.shippedAt}>
            <span className="text-ink-soft">Sent </span>
            <DateTime value={shipment.shippedAt} />
            {shipment.carrier && <span> with {shipment.carrier}</span>}
            {shipment.trackingNumber && (
              <span className="block select-all break-all font-mono text-dense">
                {shipment.trackingNumber}
              </span>
            )}
          </p>
        ))}
      </div>
    </Panel>
  )
}
