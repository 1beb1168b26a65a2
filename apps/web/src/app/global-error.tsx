'use client'

import './globals.css'

/** When not even the frame could be made: no data, no components, only what to do. */
export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Souk</title>
        <main className="page flex min-h-dvh flex-col items-start justify-center gap-4">
          <h1 className="display text-3xl">The shop could not be opened</h1>
          <p className="max-w-read text-ink-soft">
            Your cart and your orders are safe. Please try again in a moment.
          </p>
          {error.digest && <p className="figures text-ink-soft text-sm">Reference {error.digest}</p>}
          <button
            type="button"
            onClick={() => retry()}
            className="min-h-11 rounded-control bg-accent px-5 font-medium text-on-accent"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
