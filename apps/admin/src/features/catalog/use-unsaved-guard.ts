'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

/** Where a press on this element leads inside the app, when it is an ordinary press on a link. */
function internalHref(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hasAttribute('download'))
    return undefined
  return hrefElsewhere(link.href)
}

/** The same as a path of this app; nothing for this page itself and for other sites. */
function hrefElsewhere(address: string): string | undefined {
  const url = new URL(address)
  const isElsewhere = url.origin === window.location.origin && url.pathname !== window.location.pathname
  return isElsewhere ? `${url.pathname}${url.search}` : undefined
}

/**
 * Asks before changes are lost: by the browser when the tab closes, by us when a link leads elsewhere.
 * `leaving` is where the person was going; `leave` goes there, `stay` forgets it.
 */
export function useUnsavedGuard(isDirty: boolean) {
  const router = useRouter()
  const [leaving, setLeaving] = useState<string>()
  useEffect(() => {
    if (!isDirty) return
    const onClose = (event: BeforeUnloadEvent) => event.preventDefault()
    const onClick = (event: MouseEvent) => {
      const href = internalHref(event)
      if (href === undefined) return
      event.preventDefault()
      event.stopPropagation()
      setLeaving(href)
    }
    // The back button, where the browser lets a page answer it.
    const onNavigate = (event: NavigateEvent) => {
      const href = event.navigationType === 'traverse' ? hrefElsewhere(event.destination.url) : undefined
      if (href === undefined || !event.cancelable) return
      event.preventDefault()
      setLeaving(href)
    }
    const navigation = 'navigation' in window ? window.navigation : undefined
    navigation?.addEventListener('navigate', onNavigate)
    window.addEventListener('beforeunload', onClose)
    document.addEventListener('click', onClick, { capture: true })
    return () => {
      navigation?.removeEventListener('navigate', onNavigate)
      window.removeEventListener('beforeunload', onClose)
      document.removeEventListener('click', onClick, { capture: true })
    }
  }, [isDirty])
  const leave = () => {
    if (leaving === undefined) return
    setLeaving(undefined)
    router.push(leaving)
  }
  return { leaving, leave, stay: () => setLeaving(undefined) }
}
