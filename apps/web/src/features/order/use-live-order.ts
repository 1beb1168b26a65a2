'use client'

import type { Order } from '@souk/order/contract'
import { useCallback, useEffect, useState } from 'react'
import { paths } from '../../paths.ts'
import { newerOrder, reconnectPauseMs } from './live-order.ts'

/** How often the order is read again: rarely beside a live connection, more often without one. */
const pollMs = { live: 60_000, alone: 8000 }

/** The order as it changes: from the stream, by reading it again while there is none, and on coming back to the page. */
export function useLiveOrder(initial: Order) {
  const [order, setOrder] = useState(initial)
  const [isLive, setIsLive] = useState(false)
  const { id } = initial
  const take = useCallback((next: Order) => setOrder((known) => newerOrder(known, next)), [])
  const read = useCallback(async () => {
    const response = await fetch(paths.orderState(id), { signal: AbortSignal.timeout(10_000) }).catch(
      () => undefined,
    )
    if (response?.ok) take(await response.json())
  }, [id, take])

  useEffect(() => {
    let source: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let failures = 0
    function connect(): void {
      source = new EventSource(paths.orderEvents(id))
      source.addEventListener('open', () => {
        failures = 0
        setIsLive(true)
      })
      source.addEventListener('order', (event) => take(JSON.parse(event.data)))
      source.addEventListener('error', () => {
        setIsLive(false)
        // The browser connects again by itself only when the stream broke, not when it was refused.
        if (source?.readyState !== EventSource.CLOSED) return
        failures += 1
        timer = setTimeout(connect, reconnectPauseMs(failures))
      })
    }
    connect()
    return () => {
      clearTimeout(timer)
      source?.close()
    }
  }, [id, take])

  useEffect(() => {
    const readIfSeen = () => {
      if (document.visibilityState === 'visible') void read()
    }
    const timer = setInterval(readIfSeen, isLive ? pollMs.live : pollMs.alone)
    document.addEventListener('visibilitychange', readIfSeen)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', readIfSeen)
    }
  }, [isLive, read])

  return { order, take }
}
