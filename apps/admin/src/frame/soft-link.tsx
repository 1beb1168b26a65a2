'use client'

import type { ComponentProps, MouseEvent } from 'react'

/** A link to the same page with another query: it changes the address without asking the server for the page again. */
export function SoftLink({ href, onClick, ...rest }: ComponentProps<'a'> & { href: string }) {
  const press = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (event.defaultPrevented || !isPlain) return
    event.preventDefault()
    window.history.pushState(null, '', href)
  }
  return <a {...rest} href={href} onClick={press} />
}
