'use client'

import { formatMoney } from '@souk/kernel/format-money'
import type { Cart } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { cx } from '@souk/ui/class-names'
import { QuantityStepper } from '@souk/ui/quantity-stepper'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { shipsLaterText } from '../../ships-later.ts'
import { Thumbnail } from '../../thumbnail.tsx'

type Line = Cart['lines'][number]
type CartLinesProps = {
  cart: Cart
  onQuantity: (line: Line, quantity: number) => void
  onRemove: (line: Line) => void
  /** In the drawer there is less room. */
  isCompact?: boolean
}

export function CartLines({ cart, onQuantity, onRemove, isCompact = false }: CartLinesProps) {
  return (
    <ul aria-label="Items in your cart" className="divide-y divide-line border-line border-y">
      {cart.lines.map((line) => (
        <li key={line.sku} className="grid grid-cols-[5.5rem_1fr] gap-4 py-4 sm:grid-cols-[6.5rem_1fr]">
          <Thumbnail url={line.imageUrl} className={line.problem ? 'opacity-60' : undefined} />
          <div className="min-w-0">
            <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
              <div className="min-w-0">
                <LineName line={line} />
                {line.optionsLabel && <p className="text-ink-soft text-sm">{line.optionsLabel}</p>}
                {line.quantity > 1 && line.problem !== 'not_for_sale' && (
                  <p className="figures text-ink-soft text-sm">{formatMoney(line.unitPrice)} each</p>
                )}
              </div>
              {line.problem !== 'not_for_sale' && (
                <p className="figures font-medium">{formatMoney(line.total)}</p>
              )}
            </div>
            {line.problem === null && line.shipsLater > 0 && (
              <p className="mt-2 text-ink-soft text-sm">{shipsLaterText(line)}</p>
            )}
            <LineProblem line={line} onQuantity={onQuantity} />
            <div className={cx('mt-3 flex flex-wrap items-center gap-3', isCompact && 'justify-between')}>
              {line.problem !== 'not_for_sale' && line.problem !== 'sold_out' && (
                <QuantityStepper
                  label={`Quantity of ${nameOf(line)}`}
                  value={line.quantity}
                  onValueChange={(quantity) => onQuantity(line, quantity)}
                />
              )}
              <Button variant="quiet" size="small" onClick={() => onRemove(line)}>
                Remove<span className="sr-only"> {nameOf(line)}</span>
              </Button>
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}

function nameOf(line: Line): string {
  return line.optionsLabel ? `${line.name}, ${line.optionsLabel}` : line.name
}

function LineName({ line }: { line: Line }) {
  if (line.problem === 'not_for_sale') return <p className="font-medium">{line.name}</p>
  return (
    <Link href={paths.product(line.productSlug)} className="display text-lg hover:underline">
      {line.name}
    </Link>
  )
}

/** What is wrong with a line, and the one press that puts it right. */
function LineProblem({ line, onQuantity }: { line: Line; onQuantity: CartLinesProps['onQuantity'] }) {
  if (line.problem === null) return null
  const left = line.available ?? 0
  if (line.problem === 'not_enough' && left > 0) {
    return (
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-warning">
        <p>Only {left} left.</p>
        <Button variant="secondary" size="small" onClick={() => onQuantity(line, left)}>
          Change to {left}
        </Button>
      </div>
    )
  }
  const text = line.problem === 'not_for_sale' ? 'This is no longer for sale.' : 'Sold out.'
  return <p className="mt-2 text-danger">{text} Remove it to check out.</p>
}
