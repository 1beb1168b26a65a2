/** The key to one draft order: readable by the server alone, sent only for that draft's pages. */
export function draftTokenCookie(draftId: string): string {
  return `souk-draft-${draftId.replace(/[^0-9a-z-]/gi, '')}`
}

const lifeSeconds = 90 * 24 * 3600

export function draftTokenOptions(draftId: string, siteUrl: string) {
  return {
    httpOnly: true,
    secure: siteUrl.startsWith('https:'),
    sameSite: 'lax',
    path: `/drafts/${encodeURIComponent(draftId)}`,
    maxAge: lifeSeconds,
  } as const
}
