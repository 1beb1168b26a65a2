import { formatMoney } from '@souk/kernel/format-money'
import type { Order, OrderReturn } from '@souk/order/contract'
import { Status } from '@souk/ui/badge'
import { cx } from '@souk/ui/class-names'
import { LocalTime } from '../../local-time.tsx'
import { exchangeStateWords, returnProgress, returnWords, stepLabels } from './return-words.ts'

/** The customer's returns of this order, the latest first, and how far each has come. */
export function OrderReturns({ order }: { order: Order }) {
  if (order.returns.length === 0) return null
  return (
    <section aria-labelledby="order-returns">
      <h2 id="order-returns" className="display mb-4 text-xl">
        Returns
      </h2>
      <ul aria-label="Returns" className="divide-y divide-line border-line border-y">
        {order.returns.toReversed().map((each) => (
          <ReturnRow key={each.id} order={order} each={each} />
        ))}
      </ul>
    </section>
  )
}

function ReturnRow({ order, each }: { order: Order; each: OrderReturn }) {
  const words = returnWords[each.status]
  const progress = returnProgress(each)
  const exchange = order.followUps.find(({ id }) => id === each.exchangeId)
  const nameOf = (sku: string) => order.items.find((item) => item.sku === sku)?.name ?? sku
  return (
    <li className="flex flex-col gap-2 py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p className="figures font-medium">
          <span className="sr-only">Return </span>
          {each.number}
        </p>
        <Status tone={words.tone}>{words.label}</Status>
      </div>
      <ul className="text-ink-soft">
        {each.lines.map(({ sku, quantity, exchangeFor }) => (
          <li key={sku}>
            {quantity} × {nameOf(sku)}
            {exchangeFor && `, in exchange for ${exchangeFor.optionsLabel || exchangeFor.name}`}
          </li>
        ))}
      </ul>
      <p>
        {each.status === 'completed' && each.refund && each.refund.amount > 0
          ? `${formatMoney(each.refund)} went back the way you paid.`
          : each.status === 'received' && exchange?.state === 'started'
            ? 'The goods are with us.'
            : words.next}
      </p>
      {exchange && <p>{exchangeStateWords(exchange)}</p>}
      {each.answer && <p className="border-line border-l-2 pl-3 text-ink-soft">{each.answer}</p>}
      {progress && (
        <ol
          aria-label={`Progress of return ${each.number}`}
          className="flex flex-wrap gap-x-5 gap-y-1 text-sm"
        >
          {progress.steps.map((step, index) => (
            <li
              key={step}
              aria-current={index === progress.reached ? 'step' : undefined}
              className={cx(
                'flex items-center gap-2',
                index <= progress.reached ? 'text-ink' : 'text-ink-soft',
              )}
            >
              <span
                aria-hidden="true"
                className={cx('size-2 rounded-full', index <= progress.reached ? 'bg-accent' : 'bg-edge')}
              />
              {step === 'completed' && exchange?.state === 'placed' ? 'Exchanged' : stepLabels[step]}
              <span className="sr-only">{index <= progress.reached ? ', done' : ', not yet'}</span>
            </li>
          ))}
        </ol>
      )}
      <p className="text-ink-soft text-sm">
        Asked for <LocalTime at={each.createdAt} />
      </p>
    </li>
  )
}
