import { z } from 'zod'

const Answer = z.object({ accessToken: z.string(), accessTokenExpiresAt: z.number() })
const marginSeconds = 60

type Known = { token: string; expiresAt: number }
let known: Known | undefined
let asking: Promise<Known | undefined> | undefined

/**
 * The token for the next call to the gateway, kept in memory only and renewed a minute before it ends.
 * Nothing when nobody is signed in any more.
 */
export async function accessToken(): Promise<string | undefined> {
  if (known && known.expiresAt - marginSeconds > Date.now() / 1000) return known.token
  asking ??= askForSession().finally(() => {
    asking = undefined
  })
  known = await asking
  return known?.token
}

/** After the gateway refused it: the next call asks for a new one. */
export function forgetAccessToken(): void {
  known = undefined
}

async function askForSession(): Promise<Known | undefined> {
  const response = await fetch('/api/auth/session', { cache: 'no-store', signal: AbortSignal.timeout(8000) })
  const answer = Answer.safeParse(await response.json())
  if (!answer.success) return undefined
  return { token: answer.data.accessToken, expiresAt: answer.data.accessTokenExpiresAt }
}
