const longestPauseMs = 60_000
const refusalsAllowed = 5
const giveUpAfterMs = 72 * 3600 * 1000

/**
 * When to try a mail again. A server that cannot be reached is asked for three days, at least once a
 * minute; one that refuses this very mail is asked five times. Nothing: give up.
 */
export function nextAttempt(
  tried: { attempts: number; isRefused: boolean; createdAt: Date },
  now: Date,
  random: number,
): Date | undefined {
  if (tried.isRefused && tried.attempts >= refusalsAllowed) return undefined
  if (now.getTime() - tried.createdAt.getTime() > giveUpAfterMs) return undefined
  const pauseMs = Math.min(longestPauseMs, 1000 * 2 ** Math.min(tried.attempts - 1, 10))
  return new Date(now.getTime() + pauseMs * (0.5 + random / 2))
}
