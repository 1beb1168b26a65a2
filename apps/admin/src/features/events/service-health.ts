type Overview = {
  oldestWaitingSeconds: number
  deadLetters: number
  groups: readonly { lag: number; pending: number }[]
}
type Health = { label: string; tone: 'positive' | 'warning' | 'danger' }

/** Events leave within a second; older than this something is in the way. */
const slowSeconds = 10
const longQueue = 500

/** One word for how a service keeps up with its events. */
export function healthOf(overview: Overview | null): Health {
  if (!overview) return { label: 'Does not answer', tone: 'danger' }
  if (overview.deadLetters > 0) return { label: 'Needs a person', tone: 'danger' }
  const isBehind =
    overview.oldestWaitingSeconds > slowSeconds || overview.groups.some((group) => group.lag > longQueue)
  return isBehind ? { label: 'Behind', tone: 'warning' } : { label: 'Keeps up', tone: 'positive' }
}

/** `4 s`, `12 min`, `3 h`, `2 d`. */
export function ageText(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`
  return seconds < 86_400 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`
}
