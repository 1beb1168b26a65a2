import type { Order } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { QuantityStepper } from '@souk/ui/quantity-stepper'
import { SelectField } from '@souk/ui/select-field'
import { moneyText } from '../../frame/format.ts'
import { type FoundVariant, ProductSearch } from '../../frame/product-search.tsx'
import type { Addition } from './edit-rules.ts'

/** A choice like the others: an empty one would count as none, and the form would not be sent. */
const today = 'today'

/** What comes in addition, at today's price or at what was paid for a line of the order. */
export function EditAdditions({
  order,
  additions,
  onAdditions,
  onMore,
}: {
  order: Order
  additions: readonly Addition[]
  onAdditions: (additions: readonly Addition[]) => void
  /** One more of something that is in the order. */
  onMore: (sku: string) => void
}) {
  const change = (sku: string, part: Partial<Addition>) =>
    onAdditions(additions.map((each) => (each.sku === sku ? { ...each, ...part } : each)))
  const add = (found: FoundVariant) => {
    if (order.items.some(({ sku }) => sku === found.sku)) return onMore(found.sku)
    const known = additions.find(({ sku }) => sku === found.sku)
    if (known) return change(found.sku, { quantity: known.quantity + 1 })
    onAdditions([...additions, { ...found, quantity: 1, pricedAs: '' }])
  }
  const prices = order.items.map(({ sku, name, optionsLabel }) => ({
    value: sku,
    label: `As paid for ${[name, optionsLabel].filter(Boolean).join(', ')}`,
  }))
  return (
    <div className="flex flex-col gap-3">
      {additions.length > 0 && (
        <ul aria-label="Added" className="divide-y divide-line rounded-control border border-edge">
          {additions.map(({ sku, name, optionsLabel, price, quantity, pricedAs }) => (
            <li key={sku} className="flex flex-wrap items-center gap-3 px-3 py-2 text-sm">
              <span className="min-w-40 flex-1">
                <span className="block">{name}</span>
                <span className="block text-dense text-ink-soft">{optionsLabel}</span>
              </span>
              <SelectField
                label={`Price of ${name} ${optionsLabel}`}
                isLabelHidden
                fieldClassName="w-56"
                options={[{ value: today, label: `Today’s price, ${moneyText(price)}` }, ...prices]}
                value={pricedAs || today}
                onChange={(event) =>
                  change(sku, { pricedAs: event.target.value === today ? '' : event.target.value })
                }
              />
              <QuantityStepper
                label={`Pieces of ${name} ${optionsLabel} to add`}
                value={quantity}
                onValueChange={(value) => change(sku, { quantity: value })}
              />
              <Button
                variant="quiet"
                size="small"
                onClick={() => onAdditions(additions.filter((each) => each.sku !== sku))}
              >
                Remove<span className="sr-only">{` ${name} ${optionsLabel}`}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <ProductSearch onAdd={add} />
    </div>
  )
}
