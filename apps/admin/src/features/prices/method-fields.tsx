import { Button } from '@souk/ui/button'
import { Checkbox } from '@souk/ui/checkbox'
import { TextField } from '@souk/ui/text-field'
import { type MethodValues, newTier, type TierValues, type ZoneFaults } from './zone-values.ts'

type MethodFieldsProps = {
  method: MethodValues
  path: string
  faults: ZoneFaults
  onChange: (method: MethodValues) => void
  onRemove: () => void
}

export function MethodFields({ method, path, faults, onChange, onRemove }: MethodFieldsProps) {
  const text = (field: 'code' | 'name' | 'minDays' | 'maxDays' | 'freeFrom') => ({
    value: method[field],
    autoComplete: 'off',
    error: faults[`${path}.${field === 'freeFrom' ? 'freeFromMinor' : field}`],
    onChange: (event: { target: { value: string } }) => onChange({ ...method, [field]: event.target.value }),
  })
  const setTier = (tier: TierValues) =>
    onChange({ ...method, tiers: method.tiers.map((each) => (each.key === tier.key ? tier : each)) })
  return (
    <fieldset className="grid grid-cols-2 gap-3 rounded-control border border-line p-3">
      <legend className="px-1 font-medium text-sm">{method.name || 'New method'}</legend>
      <TextField label="Name" {...text('name')} />
      <TextField label="Code" hint="Stays the same; orders carry it." {...text('code')} />
      <TextField label="Days at least" inputMode="numeric" {...text('minDays')} />
      <TextField label="Days at most" inputMode="numeric" {...text('maxDays')} />
      {method.tiers.map((tier, index) => (
        <TierFields
          key={tier.key}
          tier={tier}
          path={`${path}.tiers.${index}`}
          faults={faults}
          onChange={setTier}
          onRemove={
            method.tiers.length > 1
              ? () => onChange({ ...method, tiers: method.tiers.filter(({ key }) => key !== tier.key) })
              : undefined
          }
        />
      ))}
      <TextField label="Free from, in €" isOptional inputMode="decimal" {...text('freeFrom')} />
      <Checkbox
        label="Offered"
        checked={method.isActive}
        onChange={(event) => onChange({ ...method, isActive: event.target.checked })}
      />
      <div className="col-span-2 flex flex-wrap justify-between gap-2">
        <Button
          variant="quiet"
          size="small"
          onClick={() => onChange({ ...method, tiers: [...method.tiers, newTier()] })}
        >
          Add price
        </Button>
        <Button variant="quiet" size="small" onClick={onRemove}>
          Remove method
        </Button>
      </div>
    </fieldset>
  )
}

function TierFields({
  tier,
  path,
  faults,
  onChange,
  onRemove,
}: {
  tier: TierValues
  path: string
  faults: ZoneFaults
  onChange: (tier: TierValues) => void
  onRemove: (() => void) | undefined
}) {
  const text = (field: Exclude<keyof TierValues, 'key'>, faultField: string) => ({
    value: tier[field],
    autoComplete: 'off',
    inputMode: 'decimal' as const,
    error: faults[`${path}.${faultField}`],
    onChange: (event: { target: { value: string } }) => onChange({ ...tier, [field]: event.target.value }),
  })
  return (
    <div className="col-span-2 grid grid-cols-[1fr_1fr_1fr_auto] items-end gap-2">
      <TextField label="Price in €" {...text('price', 'priceMinor')} />
      <TextField label="Up to kg" {...text('maxKilograms', 'maxGrams')} />
      <TextField label="Up to €" {...text('maxSubtotal', 'maxSubtotalMinor')} />
      {onRemove && (
        <Button variant="quiet" size="small" onClick={onRemove}>
          Remove<span className="sr-only"> this price</span>
        </Button>
      )}
    </div>
  )
}
