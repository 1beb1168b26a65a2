'use client'

import type { OrderQuote } from '@souk/order/contract'
import { Button } from '@souk/ui/button'
import { TextField } from '@souk/ui/text-field'
import { type KeyboardEvent, useState } from 'react'

type PromotionFieldProps = {
  /** What became of each entered code; nothing while it is not known. */
  codes: OrderQuote['codes'] | undefined
  isChecking: boolean
  onAdd: (code: string) => void
  onRemove: (code: string) => void
}

const mostCodes = 5

/** Not a form of its own: it stands inside the order's. */
export function PromotionField({ codes = [], isChecking, onAdd, onRemove }: PromotionFieldProps) {
  const [text, setText] = useState('')
  const [asked, setAsked] = useState<string>()
  const refused = codes.find(({ code, isApplied }) => code === asked && !isApplied)
  const isFull = codes.length >= mostCodes
  const apply = () => {
    const code = text.trim().toUpperCase()
    if (code === '') return
    setAsked(code)
    onAdd(code)
    setText('')
  }
  const applyOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    apply()
  }
  return (
    <div className="my-4 flex flex-col gap-3">
      {codes.length > 0 && (
        <ul aria-label="Codes" className="flex flex-col gap-2">
          {codes.map(({ code, isApplied, message }) => (
            <li key={code} className="flex items-start justify-between gap-4">
              <span className="min-w-0 break-words">
                Code <strong className="font-medium">{code}</strong>
                {isApplied ? ' is applied.' : <span className="block text-ink-soft text-sm">{message}</span>}
              </span>
              <Button variant="quiet" size="small" onClick={() => onRemove(code)}>
                Remove<span className="sr-only"> code {code}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className="sr-only">
        {refused ? `Code ${refused.code}: ${refused.message}` : ''}
      </p>
      {!isFull && (
        <div className="flex items-start gap-2">
          <TextField
            label="Promotion code"
            isOptional
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={applyOnEnter}
            autoComplete="off"
            autoCapitalize="characters"
            maxLength={64}
            fieldClassName="min-w-0 flex-1"
          />
          <Button
            variant="secondary"
            className="mt-6.5"
            isLoading={isChecking && asked !== undefined}
            onClick={apply}
          >
            Apply
          </Button>
        </div>
      )}
    </div>
  )
}
