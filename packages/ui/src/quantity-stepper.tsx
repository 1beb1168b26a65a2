'use client'

import { Minus, Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { cx } from './class-names.tsx'
import { Icon } from './icon.tsx'

type QuantityStepperProps = {
  /** Names the whole, such as "Quantity of Tarn Mug". */
  label: string
  value: number
  onValueChange: (value: number) => void
  min?: number
  max?: number
  className?: string
}

const stepClass =
  'grid size-11 shrink-0 place-items-center text-ink transition-colors hover:bg-surface disabled:cursor-not-allowed disabled:text-edge'

/** Typing is taken over on Enter or when the field is left, so that "12" is not first a "1". */
export function QuantityStepper({
  label,
  value,
  onValueChange,
  min = 1,
  max = 999,
  className,
}: QuantityStepperProps) {
  const [text, setText] = useState(String(value))
  useEffect(() => setText(String(value)), [value])
  const commit = () => {
    const typed = Number.parseInt(text, 10)
    const next = Number.isNaN(typed) ? value : Math.min(max, Math.max(min, typed))
    setText(String(next))
    if (next !== value) onValueChange(next)
  }
  return (
    <fieldset
      aria-label={label}
      className={cx('inline-flex items-center rounded-control border border-edge bg-raised', className)}
    >
      <button
        type="button"
        className={stepClass}
        aria-label={`Decrease ${label.toLowerCase()}`}
        disabled={value <= min}
        onClick={() => onValueChange(value - 1)}
      >
        <Icon icon={Minus} size={16} />
      </button>
      <input
        aria-label={label}
        inputMode="numeric"
        pattern="[0-9]*"
        autoComplete="off"
        className="figures h-11 w-11 bg-transparent text-center"
        value={text}
        onChange={(event) => setText(event.target.value.replace(/\D/g, '').slice(0, 3))}
        onFocus={(event) => event.target.select()}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault()
            commit()
          }
        }}
      />
      <button
        type="button"
        className={stepClass}
        aria-label={`Increase ${label.toLowerCase()}`}
        disabled={value >= max}
        onClick={() => onValueChange(value + 1)}
      >
        <Icon icon={Plus} size={16} />
      </button>
    </fieldset>
  )
}
