'use client'

import { Icon } from '@souk/ui/icon'
import { Search, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useUrlQuery } from './use-url-query.ts'

const pauseMs = 250

/** A search that lives in the address as `q`. It asks when the typing pauses, or at once on Enter. */
export function SearchBox({ label, placeholder }: { label: string; placeholder?: string }) {
  const { params, change } = useUrlQuery()
  const asked = params.get('q') ?? ''
  const [text, setText] = useState(asked)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const id = useId()
  const lastAsked = useRef(asked)
  useEffect(() => {
    // Going back in the history changes the text; our own question must not undo what was typed since.
    if (asked === lastAsked.current) return
    lastAsked.current = asked
    clearTimeout(timer.current)
    setText(asked)
  }, [asked])
  useEffect(() => () => clearTimeout(timer.current), [])

  const ask = (q: string) => {
    clearTimeout(timer.current)
    lastAsked.current = q.trim()
    if (q.trim() !== asked) change({ q: q.trim() }, { isTyping: true })
  }
  const type = (q: string) => {
    setText(q)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => ask(q), pauseMs)
  }
  return (
    <search className="min-w-0 flex-1 basis-64 sm:max-w-80">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          ask(text)
        }}
        className="relative"
      >
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <Icon
          icon={Search}
          size={16}
          className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-soft"
        />
        <input
          id={id}
          type="search"
          value={text}
          onChange={(event) => type(event.target.value)}
          placeholder={placeholder ?? label}
          maxLength={120}
          autoComplete="off"
          className="block min-h-11 w-full rounded-control border border-edge bg-raised px-9 py-2 text-base transition-colors placeholder:text-ink-soft hover:border-ink [&::-webkit-search-cancel-button]:hidden"
        />
        {text && (
          <button
            type="button"
            aria-label="Clear search"
            onClick={() => {
              setText('')
              ask('')
            }}
            className="touch absolute top-1/2 right-1 grid size-8 -translate-y-1/2 place-items-center rounded-control hover:bg-surface"
          >
            <Icon icon={X} size={16} />
          </button>
        )}
      </form>
    </search>
  )
}
