'use client'

import { cx } from '@souk/ui/class-names'
import { Icon } from '@souk/ui/icon'
import { Search } from 'lucide-react'
import Form from 'next/form'
import { useSearchParams } from 'next/navigation'
import { paths } from '../../paths.ts'

/** A plain form to the listing; with a script it goes there without a full load. */
export function SearchForm({ className }: { className?: string }) {
  const asked = useSearchParams().get('q') ?? ''
  return (
    <Form action={paths.products()} role="search" className={cx('relative', className)}>
      <Icon
        icon={Search}
        size={18}
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-soft"
      />
      <input
        key={asked}
        type="search"
        name="q"
        defaultValue={asked}
        maxLength={120}
        placeholder="Search"
        aria-label="Search products"
        autoComplete="off"
        enterKeyHint="search"
        className="h-11 w-full rounded-control border border-line bg-transparent pr-3 pl-10 text-base transition-colors placeholder:text-ink-soft hover:border-edge focus:border-edge"
      />
      <button type="submit" className="sr-only">
        Search
      </button>
    </Form>
  )
}
