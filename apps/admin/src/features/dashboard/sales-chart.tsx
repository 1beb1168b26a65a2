'use client'

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { countText, dayText, minorText } from '../../frame/format.ts'
import type { SalesPoint } from './sales-series.ts'
import { pointLabel } from './sales-table.tsx'

const axis = { tickLine: false, axisLine: false, tick: { fill: 'var(--ink-soft)', fontSize: 13 } } as const
const bar = { stackId: 'revenue', isAnimationActive: false, maxBarSize: 40 } as const
const keptMinor = (point: SalesPoint) => point.revenueMinor - point.refundedMinor
const shortDay = (date: string) => dayText(date, { day: 'numeric', month: 'short' })

/** Whole euros; the exact sum is in the tooltip and in the table. */
function roughAmount(minor: number): string {
  return minorText(Math.round(minor / 100) * 100).replace(/[.,]00(?=\D|$)/, '')
}

export function SalesChart({ points, unit }: { points: SalesPoint[]; unit: 'day' | 'week' }) {
  const total = points.reduce((sum, point) => sum + point.revenueMinor, 0)
  const best = points.reduce<SalesPoint | undefined>(
    (top, point) => (point.revenueMinor > (top?.revenueMinor ?? 0) ? point : top),
    undefined,
  )
  const summary = best
    ? `Revenue by ${unit}: ${minorText(total)} in all, the most ${minorText(best.revenueMinor)} on ${pointLabel(best)}.`
    : 'No revenue in this period.'
  return (
    <figure className="relative h-full">
      <figcaption className="sr-only">{summary} Arrow keys read the bars one by one.</figcaption>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={points}
          title={summary}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          barCategoryGap="18%"
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            {...axis}
            dataKey="to"
            tickFormatter={shortDay}
            minTickGap={28}
            interval="preserveStartEnd"
          />
          <YAxis {...axis} width={72} tickFormatter={roughAmount} tickCount={4} domain={[0, 'auto']} />
          <Tooltip cursor={{ fill: 'var(--surface)' }} isAnimationActive={false} content={<PointTooltip />} />
          <Bar {...bar} dataKey={keptMinor} name="Kept" fill="var(--accent)" />
          <Bar {...bar} dataKey="refundedMinor" name="Refunded" fill="var(--edge)" />
        </BarChart>
      </ResponsiveContainer>
      {!best && (
        <p className="pointer-events-none absolute inset-0 grid place-items-center text-ink-soft text-sm">
          Nothing was sold in this period
        </p>
      )}
    </figure>
  )
}

type TooltipProps = { active?: boolean; payload?: readonly { payload?: SalesPoint }[] }

function PointTooltip({ active, payload }: TooltipProps) {
  const point = payload?.[0]?.payload
  if (!active || !point) return null
  return (
    <div className="figures rounded-control border border-line bg-raised px-3 py-2 text-sm shadow-float">
      <p className="text-dense text-ink-soft">{pointLabel(point)}</p>
      <p className="font-medium">{minorText(point.revenueMinor)}</p>
      <p>{countText(point.orders, 'order', 'orders')}</p>
      {point.refundedMinor > 0 && <p>{minorText(point.refundedMinor)} refunded</p>}
    </div>
  )
}
