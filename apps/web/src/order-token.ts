/** A guest's key to one order: readable by the server alone, sent only for that order's pages. */
export function orderTokenCookie(orderId: string): string {
  return `souk-order-${orderId.replace(/[^0-9a-z-]/gi, '')}`
}

const lifeSeconds = 90 * 24 * 3600

export function orderTokenOptions(orderId: string, siteUrl: string) {
  return {
    httpOnly: true,
    secure: siteUrl.startsWith('https:'),
    sameSite: 'lax',
    path: `/orders/${encodeURIComponent(orderId)}`,
    maxAge: lifeSeconds,
  } as const
}
