'use client'

import type { SelectOption } from '@souk/ui/select-field'
import { SelectField } from '@souk/ui/select-field'
import { useUrlQuery } from './use-url-query.ts'

/** One filter of a list, kept in the address. The first choice is no filter. */
export function FilterSelect({
  name,
  label,
  allLabel,
  options,
}: {
  name: string
  label: string
  allLabel: string
  options: readonly SelectOption[]
}) {
  const { params, change } = useUrlQuery()
  return (
    <SelectField
      label={label}
      isLabelHidden
      isOptional
      placeholder={allLabel}
      options={options}
      value={params.get(name) ?? ''}
      onChange={(event) => change({ [name]: event.target.value })}
      fieldClassName="min-w-36 max-sm:flex-1"
    />
  )
}
