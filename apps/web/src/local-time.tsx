'use client'

import { useSyncExternalStore } from 'react'

const styles = {
  date: { dateStyle: 'long' },
  dateTime: { dateStyle: 'medium', timeStyle: 'short' },
  time: { timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const never = () => () => undefined

/** A moment in the visitor's own time. The server does not know it and says UTC, which the browser corrects. */
export function LocalTime({ at, style = 'dateTime' }: { at: string; style?: keyof typeof styles }) {
  const text = useSyncExternalStore(
    never,
    () => new Intl.DateTimeFormat('en-IE', styles[style]).format(new Date(at)),
    () => new Intl.DateTimeFormat('en-IE', { ...styles[style], timeZone: 'UTC' }).format(new Date(at)),
  )
  return <time dateTime={at}>{text}</time>
}
