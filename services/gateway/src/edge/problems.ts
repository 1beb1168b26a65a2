export type ProblemKind = { status: number; title: string; meaning: string }

/** Every `code` of a problem answer: its status, its title and what a client can do about it. */
export const problems = {
  invalid_input: {
    status: 400,
    title: 'Some input is not right',
    meaning: 'Correct the fields named in `errors` and send it again.',
  },
  unauthenticated: {
    status: 401,
    title: 'Sign in first',
    meaning: 'Send a valid access token. An expired one is renewed with its refresh token.',
  },
  payment_declined: {
    status: 402,
    title: 'The payment was declined',
    meaning:
      'The order named in `orderId` failed and its stock is free again. Order anew with another payment method and another Idempotency-Key.',
  },
  forbidden: { status: 403, title: 'Not allowed', meaning: 'This account may not do this.' },
  not_found: {
    status: 404,
    title: 'Not found',
    meaning: 'It does not exist, or it belongs to somebody else.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    meaning: 'The address exists; the `Allow` header lists its methods.',
  },
  timeout: { status: 408, title: 'The request came too slowly', meaning: 'Send it again.' },
  out_of_stock: {
    status: 409,
    title: 'Not enough in stock',
    meaning: '`lines` says which SKUs, how many were asked for and how many can be had. Nothing was ordered.',
  },
  price_changed: {
    status: 409,
    title: 'The price changed',
    meaning: '`totals` is what it costs now. Nothing was ordered.',
  },
  invalid_state: {
    status: 409,
    title: 'Not possible in this state',
    meaning: 'Read the record again to see where it stands.',
  },
  conflict: { status: 409, title: 'Conflict', meaning: 'Somebody else changed it. Read it again.' },
  idempotency_in_flight: {
    status: 409,
    title: 'The first request is still running',
    meaning: 'Wait for `Retry-After` and send the same request with the same key.',
  },
  too_large: { status: 413, title: 'Too large', meaning: 'Send less: 1 MB of JSON, 10 MB for a picture.' },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    meaning: 'Send JSON with `Content-Type: application/json`.',
  },
  idempotency_conflict: {
    status: 422,
    title: 'The key was used with another body',
    meaning: 'Use a new Idempotency-Key for a changed request.',
  },
  rate_limited: { status: 429, title: 'Too many requests', meaning: 'Wait for `Retry-After` seconds.' },
  headers_too_large: { status: 431, title: 'The headers are too large', meaning: 'Send 16 KB at most.' },
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    meaning: 'Tell us the `requestId`. A command with an Idempotency-Key can be sent again safely.',
  },
  unavailable: {
    status: 503,
    title: 'Not available at the moment',
    meaning: 'Wait for `Retry-After` seconds and send the same request with the same key.',
  },
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problems

export function problemKind(code: string): ProblemKind | undefined {
  return Object.hasOwn(problems, code) ? problems[code as ProblemCode] : undefined
}
