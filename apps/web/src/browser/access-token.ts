type Session = { accessToken?: string; accessTokenExpiresAt?: number }
type Held = { token: string; expiresAtMs: number }

/** A token is renewed this long before it ends, so that none ends on its way. */
const marginMs = 60_000

export type AccessTokens = { get: () => Promise<string | undefined>; forget: () => void }

/** Gets short-lived access tokens from the session cookie, one request at a time, and only when one is needed. */
export function createAccessTokens(isSignedIn: boolean): AccessTokens {
  let held: Held | undefined
  let underway: Promise<Held | undefined> | undefined

  async function get(): Promise<string | undefined> {
    if (!isSignedIn) return undefined
    if (held && held.expiresAtMs - marginMs > Date.now()) return held.token
    underway ??= load().finally(() => {
      underway = undefined
    })
    held = await underway
    return held?.token
  }

  return {
    get,
    forget: () => {
      held = undefined
    },
  }
}

async function load(): Promise<Held | undefined> {
  const response = await fetch('/api/auth/session', { signal: AbortSignal.timeout(8000) })
  const session: Session = await response.json()
  if (!session.accessToken || !session.accessTokenExpiresAt) return undefined
  return { token: session.accessToken, expiresAtMs: session.accessTokenExpiresAt * 1000 }
}
