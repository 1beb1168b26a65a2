'use client'

import { readSoukError } from '@souk/api/client-error'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { problemSentence } from '../data/problem.ts'

/** An error in the place of what it kept away: what happened, and a way to try again. */
export function ProblemNotice({
  title,
  error,
  onRetry,
  className,
}: {
  title: string
  error: unknown
  onRetry?: () => void
  className?: string
}) {
  const { requestId, errors } = readSoukError(error)
  return (
    <Alert
      tone="error"
      title={title}
      className={className}
      actions={
        onRetry && (
          <Button variant="secondary" size="small" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      <p className="text-sm">{problemSentence(error)}</p>
      {errors.length > 0 && (
        <ul className="mt-1 list-disc pl-5 text-sm">
          {errors.map((fault) => (
            <li key={`${fault.path}${fault.message}`}>
              {fault.path && <code className="font-mono text-dense">{fault.path}</code>} {fault.message}
            </li>
          ))}
        </ul>
      )}
      {requestId && <p className="mt-1 font-mono text-dense text-ink-soft">Request {requestId}</p>}
    </Alert>
  )
}
