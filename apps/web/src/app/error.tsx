'use client'

import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { useEffect } from 'react'

/** The frame of the shop stays; only this page could not be made. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  useEffect(() => {
    document.title = 'Something went wrong · Souk'
  }, [])
  return (
    <div className="page">
      <EmptyState
        headingLevel="h1"
        title="This page could not be loaded"
        actions={<Button onClick={() => retry()}>Try again</Button>}
      >
        <p>The shop does not answer at the moment. Your cart and your orders are safe.</p>
        {error.digest && <p className="figures mt-2 text-sm">Reference {error.digest}</p>}
      </EmptyState>
    </div>
  )
}
