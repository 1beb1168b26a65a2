'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'

/** Quick answers need no sign; slow ones get one line at the top of the page. */
const delayMs = 180
/** A page that never came must not leave the line standing. */
const mostMs = 15_000

/** Shows that the next page is on its way, for as long as this one is still here. */
export function NavigationProgress() {
  const place = `${usePathname()}?${useSearchParams()}`
  const [leaving, setLeaving] = useState<string>()

  useEffect(() => {
    let start: ReturnType<typeof setTimeout> | undefined
    let end: ReturnType<typeof setTimeout> | undefined
    function follow(event: MouseEvent): void {
      if (!isPlainClick(event) || !(event.target instanceof Element)) return
      const link = event.target.closest('a')
      if (!link || !leadsElsewhere(link)) return
      clearTimeout(start)
      clearTimeout(end)
      start = setTimeout(() => setLeaving(place), delayMs)
      end = setTimeout(() => setLeaving(undefined), mostMs)
    }
    document.addEventListener('click', follow)
    return () => {
      document.removeEventListener('click', follow)
      clearTimeout(start)
      clearTimeout(end)
    }
  }, [place])

  if (leaving !== place) return null
  return (
    <div aria-hidden="true" className="fixed inset-x-0 top-0 z-60 h-0.5 overflow-hidden bg-line">
      <div className="h-full w-1/3 animate-[progress_1.1s_ease-in-out_infinite] bg-accent motion-reduce:w-full" />
    </div>
  )
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
}

function leadsElsewhere(link: HTMLAnchorElement): boolean {
  if (link.target && link.target !== '_self') return false
  const isHere = link.pathname === location.pathname && link.search === location.search
  return link.origin === location.origin && !isHere
}
