'use client'

import { readSoukError } from '@souk/api/client-error'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import type { Ref } from 'react'
import { ProblemNotice } from '../../frame/problem-notice.tsx'

/** Why the product was not saved. When somebody else was faster, there is only one way on, and it is explained. */
export function SaveProblem({
  error,
  onReload,
  ref,
}: {
  error: unknown
  onReload: (() => void) | undefined
  ref: Ref<HTMLDivElement>
}) {
  const isOutdated = readSoukError(error).reason === 'version_conflict'
  return (
    <div ref={ref} tabIndex={-1} className="pb-4 outline-none">
      {isOutdated ? (
        <Alert
          tone="warning"
          title="Somebody else changed this product while you were editing it"
          actions={
            onReload && (
              <Button variant="secondary" size="small" onClick={onReload}>
                Load the product as it is now
              </Button>
            )
          }
        >
          <p className="text-sm">
            Nothing of yours was saved, so that nothing of theirs is lost. Copy what you want to keep, load
            the product as it is now and make your change again.
          </p>
        </Alert>
      ) : (
        <ProblemNotice title="The product was not saved" error={error} />
      )}
    </div>
  )
}
