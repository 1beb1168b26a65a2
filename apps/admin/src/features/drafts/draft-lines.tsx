'use client'

import { Panel } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { TextField } from '@souk/ui/text-field'
import { type FoundVariant, ProductSearch } from '../../frame/product-search.tsx'
import type { LineValues } from './draft-values.ts'

/** What is sold, how many, and at which price when it is not the product's own. */
export function DraftLines({
  lines,
  errors,
  onLines,
}: {
  lines: readonly LineValues[]
  errors: ReadonlyMap<string, string>
  onLines: (lines: LineValues[]) => void
}) {
  const change = (index: number, part: Partial<LineValues>) =>
    onLines(lines.map((line, at) => (at === index ? { ...line, ...part } : line)))
  const add = ({ sku, name, optionsLabel }: FoundVariant) => {
    const line = { sku, name, optionsLabel, quantity: '1', unitPrice: '' }
    if (!lines.some((known) => known.sku === sku)) return onLines([...lines, line])
    onLines(
      lines.map((known) =>
        known.sku === sku ? { ...known, quantity: String(Number(known.quantity) + 1) } : known,
      ),
    )
  }
  return (
    <Panel title="Products">
      <div className="flex flex-col gap-4">
        {errors.has('lines') && (
          <p role="alert" className="text-danger text-sm">
            {errors.get('lines')}
          </p>
        )}
        {lines.length > 0 && (
          <ul aria-label="Lines" className="divide-y divide-line border-line border-b">
            {lines.map((line, index) => (
              <li key={line.sku} className="flex flex-wrap items-end gap-3 py-3 text-sm">
                <span className="min-w-40 flex-1 self-center">
                  {line.name}
                  <span className="block text-dense text-ink-soft">
                    {line.optionsLabel} · {line.sku}
                  </span>
                </span>
                <TextField
                  label="Quantity"
                  inputMode="numeric"
                  autoComplete="off"
                  fieldClassName="w-20"
                  className="figures"
                  value={line.quantity}
                  error={errors.get(`lines.${index}.quantity`)}
                  onChange={(event) => change(index, { quantity: event.target.value })}
                />
                <TextField
                  label="Unit price in €"
                  inputMode="decimal"
                  autoComplete="off"
                  placeholder="As in the shop"
                  isOptional
                  fieldClassName="w-44"
                  className="figures"
                  value={line.unitPrice}
                  error={errors.get(`lines.${index}.unitPrice`)}
                  onChange={(event) => change(index, { unitPrice: event.target.value })}
                />
                <Button
                  variant="quiet"
                  size="small"
                  onClick={() => onLines(lines.filter((_, at) => at !== index))}
                >
                  Remove<span className="sr-only"> {line.name}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
        <ProductSearch onAdd={add} />
      </div>
    </Panel>
  )
}
