'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { changeQuery, extendTrail, type QueryChange, readTrail } from '../url-query.ts'

/** The address as the state of a list. A change needs no round trip to the server that rendered the page. */
export function useUrlQuery() {
  const params = useSearchParams()
  const path = usePathname()
  const hrefFor = useCallback(
    (change: QueryChange) => `${path}${changeQuery(new URLSearchParams(params), change)}`,
    [path, params],
  )
  const change = useCallback(
    (next: QueryChange, options: { isTyping?: boolean } = {}) => {
      const href = hrefFor(next)
      // Each letter of a search is not a step to go back to.
      if (options.isTyping) window.history.replaceState(null, '', href)
      else window.history.pushState(null, '', href)
    },
    [hrefFor],
  )
  const current = useMemo(() => new URLSearchParams(params), [params])
  return { params: current, hrefFor, change }
}

/** The cursor of the page shown, and the ways to the pages beside it. */
export function useTrail(nextCursor: string | null | undefined) {
  const { params, hrefFor } = useUrlQuery()
  const trail = readTrail(params)
  return {
    cursor: trail.cursor,
    page: trail.page,
    previousHref: trail.page > 1 ? hrefFor({ after: trail.previous }) : null,
    nextHref: nextCursor ? hrefFor({ after: extendTrail(params, nextCursor) }) : null,
  }
}
