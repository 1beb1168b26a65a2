'use client'

import { type Colour, colourFamilies } from '@souk/product/contract'
import { Button } from '@souk/ui/button'
import { SelectField } from '@souk/ui/select-field'
import { TextField } from '@souk/ui/text-field'
import { useId, useState } from 'react'

function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
}

function problemWith(name: string, taken: ReadonlySet<string>): string | undefined {
  if (!name.trim()) return 'Give the colour a name.'
  if (!slugOf(name)) return 'Use at least one letter from a to z or a digit.'
  return taken.has(slugOf(name)) ? 'The product has this colour already.' : undefined
}

export function NewColour({
  taken,
  onAdd,
  onCancel,
}: {
  taken: ReadonlySet<string>
  onAdd: (colour: Colour) => void
  onCancel: () => void
}) {
  const [name, setName] = useState('')
  const [family, setFamily] = useState('')
  const [hex, setHex] = useState('#c8bfae')
  const [isChecked, setIsChecked] = useState(false)
  const hexId = useId()
  const nameError = problemWith(name, taken)
  const familyError = family ? undefined : 'Choose the family; the filter of the shop groups by it.'
  const add = () => {
    setIsChecked(true)
    if (!nameError && !familyError) onAdd({ slug: slugOf(name), name: name.trim(), family, hex })
  }
  return (
    <fieldset
      className="grid items-start gap-4 border-line border-t pt-4 sm:grid-cols-[1fr_1fr_auto]"
      onKeyDown={(event) => {
        // Enter adds the colour and must not save the whole product.
        if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return
        event.preventDefault()
        add()
      }}
    >
      <legend className="sr-only">New colour</legend>
      <TextField
        label="Colour name"
        autoFocus
        autoComplete="off"
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={isChecked ? nameError : undefined}
      />
      <SelectField
        label="Family"
        placeholder="Choose"
        options={colourFamilies.map((value) => ({
          value,
          label: value.charAt(0).toUpperCase() + value.slice(1),
        }))}
        value={family}
        onChange={(event) => setFamily(event.target.value)}
        error={isChecked ? familyError : undefined}
      />
      <div className="flex flex-col gap-1.5">
        <label htmlFor={hexId} className="font-medium text-sm">
          Shade
        </label>
        <input
          id={hexId}
          type="color"
          value={hex}
          onChange={(event) => setHex(event.target.value)}
          className="h-9 w-16 rounded-control border border-edge bg-raised p-1 pointer-coarse:h-11"
        />
      </div>
      <div className="flex gap-3 sm:col-span-3">
        <Button variant="secondary" size="small" onClick={add}>
          Add colour
        </Button>
        <Button variant="quiet" size="small" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </fieldset>
  )
}
