'use client'

import type { Location } from '@souk/inventory/contract'
import { SelectField } from '@souk/ui/select-field'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'

export function useOpenPlaces(): readonly Location[] {
  const api = useApi()
  const locations = useQuery(api.admin.stock.locations.queryOptions())
  return (locations.data?.items ?? []).filter(({ isActive }) => isActive)
}

export function PlaceField({
  label,
  places,
  value,
  onChange,
  error,
}: {
  label: string
  places: readonly Location[]
  value: string
  onChange: (id: string) => void
  error?: string | undefined
}) {
  return (
    <SelectField
      label={label}
      placeholder="Choose a location"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={places.map(({ id, name }) => ({ value: id, label: name }))}
      {...(error === undefined ? {} : { error })}
      fieldClassName="min-w-0 flex-1 basis-48"
    />
  )
}
