'use client'

import { type ChangeEvent, useId, useMemo, useState } from 'react'
import type { z } from 'zod'
import { checkContract, type FieldNames } from './contract-errors.ts'

type Values<Name extends string> = Record<Name, string>

type Options<Name extends string, Schema extends z.ZodType> = {
  schema: Schema
  initial: Values<Name>
  names: FieldNames
}

/**
 * Text fields that are checked by their contract. A field speaks up once it has been left, all of them
 * once somebody tried to send; then the first that is wrong gets the focus.
 */
export function useContractForm<Name extends string, Schema extends z.ZodType>(
  options: Options<Name, Schema>,
) {
  const { schema, initial, names } = options
  const formId = useId()
  const [values, setValues] = useState(initial)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [isTried, setIsTried] = useState(false)
  const checked = useMemo(() => checkContract(schema, withoutBlanks(values), names), [schema, values, names])
  const order = Object.keys(initial) as Name[]

  function field(name: Name) {
    const isShown = isTried || left.has(name)
    return {
      id: `${formId}-${name}`,
      name,
      value: values[name],
      error: isShown && !checked.isValid ? checked.errors[name] : undefined,
      onChange: ({ target }: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
        setValues((before) => ({ ...before, [name]: target.value })),
      onBlur: () => {
        if (values[name] !== '') setLeft((before) => new Set(before).add(name))
      },
    }
  }

  /** What the contract makes of the fields; nothing, and the focus on the first fault, when something is wrong. */
  function submit({ takesFocus = true } = {}): z.output<Schema> | undefined {
    if (checked.isValid) return checked.data
    setIsTried(true)
    if (!takesFocus) return undefined
    const { errors } = checked
    const first = order.find((name) => errors[name])
    if (first) document.getElementById(`${formId}-${first}`)?.focus()
    return undefined
  }

  return {
    field,
    submit,
    values,
    isValid: checked.isValid,
    fill: (next: Partial<Values<Name>>) => setValues((before) => ({ ...before, ...next })),
    reset: () => {
      setValues(initial)
      setLeft(new Set())
      setIsTried(false)
    },
  }
}

/** An optional field that was left empty is absent, not an empty text. */
function withoutBlanks(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))
}
