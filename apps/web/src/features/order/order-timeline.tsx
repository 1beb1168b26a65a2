import type { Order } from '@souk/order/contract'
import { LocalTime } from '../../local-time.tsx'
import { timelineText } from './order-words.ts'

/** Everything that happened, the latest first. */
export function OrderTimeline({ order }: { order: Order }) {
  const entries = order.timeline.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  if (entries.length === 0) return null
  return (
    <section aria-labelledby="order-timeline">
      <h2 id="order-timeline" className="display mb-3 text-xl">
        What happened
      </h2>
      <ol className="border-line border-l pl-5">
        {entries.map((entry) => (
          <li
            key={`${entry.at}${entry.type}`}
            className="relative pb-4 last:pb-0 before:absolute before:top-2 before:-left-[1.5rem] before:size-2 before:rounded-full before:bg-edge first:before:bg-accent"
          >
            <p>{timelineText(entry.type)}</p>
            {entry.note && <p className="text-ink-soft text-sm">{entry.note}</p>}
            <p className="text-ink-soft text-sm">
              <LocalTime at={entry.at} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
