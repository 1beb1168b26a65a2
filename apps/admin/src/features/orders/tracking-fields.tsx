'use client'

import { TextField } from '@souk/ui/text-field'
import { useId } from 'react'

const carriers = [
  'DHL',
  'DPD',
  'GLS',
  'UPS',
  'FedEx',
  'Hermes',
  'PostNL',
  'La Poste',
  'Royal Mail',
  'An Post',
]

export function TrackingFields({
  carrier = null,
  trackingNumber = null,
}: {
  carrier?: string | null
  trackingNumber?: string | null
}) {
  const carriersId = useId()
  return (
    <>
      <TextField
        label="Carrier"
        name="carrier"
        isOptional
        maxLength={80}
        list={carriersId}
        autoComplete="off"
        defaultValue={carrier ?? ''}
      />
      <datalist id={carriersId}>
        {carriers.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextField
        label="Tracking number"
        name="trackingNumber"
        isOptional
        maxLength={120}
        autoComplete="off"
        spellCheck={false}
        defaultValue={trackingNumber ?? ''}
        hint="Without it the customer cannot follow the parcel."
      />
    </>
  )
}
