/** One try to order: its id is the order's id, so sending it again can never order twice. */
export type Attempt = {
  id: string
  /** What was sent under this id; nothing yet for a fresh one. */
  body: string | undefined
}

export function freshAttempt(newId: () => string): Attempt {
  return { id: newId(), body: undefined }
}

/** The attempt for this body: the same one while nothing changes, another as soon as something does. */
export function attemptFor(attempt: Attempt, body: string, newId: () => string): Attempt {
  if (attempt.body === body) return attempt
  return { id: attempt.body === undefined ? attempt.id : newId(), body }
}
