'use client'

import type { OrderQuote } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { TextField } from '@souk/ui/text-field'
import { type KeyboardEvent, useState } from 'react'

type PromotionFieldProps = {
  promotion: OrderQuote['promotion'] | undefined
  isChecking: boolean
  /** The code to use, or nothing to take it away. */
  onCode: (code: string | undefined) => void
}

/** Not a form of its own: it stands inside the order's. */
export function PromotionField({ promotion, isChecking, onCode }: PromotionFieldProps) {
  const [text, setText] = useState('')
  const apply = () => text.trim() && onCode(text.trim())
  const applyOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    apply()
  }
  if (promotion?.isApplied) {
    return (
      <p className="my-4 flex items-center justify-between gap-4">
        <span>
          Code <strong className="font-medium">{promotion.code}</strong> is applied.
        </span>
        <Button
          variant="quiet"
          size="small"
          onClick={() => {
            setText('')
            onCode(undefined)
          }}
        >
          Remove<span className="sr-only"> code {promotion.code}</span>
        </Button>
      </p>
    )
  }
  return (
    <div className="my-4 flex items-start gap-2">
      <TextField
        label="Promotion code"
        isOptional
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={applyOnEnter}
        autoComplete="off"
        autoCapitalize="characters"
        maxLength={64}
        error={promotion && !promotion.isApplied ? promotion.message : undefined}
        fieldClassName="min-w-0 flex-1"
      />
      <Button variant="secondary" className="mt-6.5" isLoading={isChecking && text !== ''} onClick={apply}>
        Apply
      </Button>
    </div>
  )
}
