export type SalesDay = { date: string; orders: number; revenueMinor: number; refundedMinor: number }
/** One bar of the chart: `from` and `to` are the first and last day it stands for. */
export type SalesPoint = Omit<SalesDay, 'date'> & { from: string; to: string }

export const periods = [7, 30, 90, 365] as const
export type Period = (typeof periods)[number]

/** Bars of one day up to a quarter, of one week beyond: more bars than that cannot be told apart. */
export function toPoints(days: readonly SalesDay[]): SalesPoint[] {
  const size = days.length > 92 ? 7 : 1
  // Counted from the end, so that the last bar is a whole week up to today.
  const first = days.length % size
  const chunks = first > 0 ? [days.slice(0, first)] : []
  for (let start = first; start < days.length; start += size) chunks.push(days.slice(start, start + size))
  return chunks.map(sum)
}

function sum(days: readonly SalesDay[]): SalesPoint {
  return {
    from: days[0]?.date ?? '',
    to: days.at(-1)?.date ?? '',
    orders: total(days, 'orders'),
    revenueMinor: total(days, 'revenueMinor'),
    refundedMinor: total(days, 'refundedMinor'),
  }
}

function total(days: readonly SalesDay[], key: 'orders' | 'revenueMinor' | 'refundedMinor'): number {
  return days.reduce((all, day) => all + day[key], 0)
}
