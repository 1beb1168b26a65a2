import type { OrderStatus } from '@souk/order/contract'
import { cx } from '@souk/ui/class-names'
import { Icon } from '@souk/ui/icon'
import { Check } from 'lucide-react'
import { progressOf, stepLabels } from './order-words.ts'

/** The ordinary way of an order, and how far this one has come. */
export function OrderProgress({ status }: { status: OrderStatus }) {
  const progress = progressOf(status)
  if (!progress) return null
  return (
    <ol aria-label="Progress" className="grid grid-cols-4">
      {progress.steps.map((step, index) => {
        const isReached = index <= progress.reached
        return (
          <li key={step} aria-current={index === progress.reached ? 'step' : undefined}>
            <span className="flex items-center">
              <span
                className={cx(
                  'grid size-7 shrink-0 place-items-center rounded-full border transition-colors',
                  isReached ? 'border-accent bg-accent text-on-accent' : 'border-edge text-ink-soft',
                )}
              >
                {isReached && <Icon icon={Check} size={16} />}
              </span>
              {index < progress.steps.length - 1 && (
                <span
                  className={cx(
                    'h-px flex-1 transition-colors',
                    index < progress.reached ? 'bg-accent' : 'bg-line',
                  )}
                />
              )}
            </span>
            <span className={cx('mt-2 block text-sm', isReached ? 'text-ink' : 'text-ink-soft')}>
              {stepLabels[step]}
              <span className="sr-only">{isReached ? ', done' : ', not yet'}</span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}
