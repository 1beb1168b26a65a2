import { ScrollRegion } from '@souk/ui/admin-scroll'
import { dayText, minorText, numberText } from '../../frame/format.ts'
import type { SalesPoint } from './sales-series.ts'

const headers = ['Orders', 'Revenue', 'Refunded']

/** The chart in figures, the latest first. */
export function SalesTable({ points, unit }: { points: readonly SalesPoint[]; unit: 'day' | 'week' }) {
  return (
    <ScrollRegion label="Sales in figures" className="max-h-96">
      <table className="w-full text-sm">
        <caption className="sr-only">Revenue, orders and refunds by {unit}</caption>
        <thead className="sticky top-0 bg-raised text-dense text-ink-soft">
          <tr>
            <th scope="col" className="py-1.5 pr-3 text-left font-normal">
              {unit === 'day' ? 'Day' : 'Week'}
            </th>
            {headers.map((header) => (
              <th key={header} scope="col" className="py-1.5 pl-3 text-right font-normal">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {points.toReversed().map((point) => (
            <tr key={point.from}>
              <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                {pointLabel(point)}
              </th>
              <td className="py-1.5 pl-3 text-right">{numberText(point.orders)}</td>
              <td className="py-1.5 pl-3 text-right">{minorText(point.revenueMinor)}</td>
              <td className="py-1.5 pl-3 text-right">{minorText(point.refundedMinor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

export function pointLabel(point: Pick<SalesPoint, 'from' | 'to'>): string {
  return point.from === point.to ? dayText(point.from) : `${dayText(point.from)} to ${dayText(point.to)}`
}
