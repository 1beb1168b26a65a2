'use client'

import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { TriangleAlert } from 'lucide-react'

export default function OfficeError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <EmptyState
      icon={TriangleAlert}
      title="This page could not be shown"
      headingLevel="h1"
      actions={
        <Button size="small" onClick={reset}>
          Try again
        </Button>
      }
    >
      <p>
        Nothing you did was lost on the server. Try again; if it happens again, tell whoever runs the shop.
      </p>
      {error.digest && <p className="mt-2 font-mono text-dense">Error {error.digest}</p>}
    </EmptyState>
  )
}
