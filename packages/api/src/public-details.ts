import type { ErrorDetails } from '@souk/kernel/errors'

/** What a client may act on. Which of our processes failed is none of its business. */
export function publicDetails({
  service: _service,
  reason: _reason,
  ...details
}: ErrorDetails): ErrorDetails {
  return details
}
