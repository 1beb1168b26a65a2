'use client'

import type { SoukClient } from '@souk/api/client'
import { readSoukError } from '@souk/api/client-error'
import { canonicalJson } from '@souk/kernel/canonical'
import { newId } from '@souk/kernel/id'
import type { PlaceOrder, PlaceResult } from '@souk/order/contract'
import { useRef, useState } from 'react'
import { useShop } from '../../browser/shop-provider.tsx'
import { attemptFor, freshAttempt } from './attempt.ts'

export type OrderBody = Omit<PlaceOrder, 'id'>
export type Refusal = Exclude<PlaceResult, { status: 'placed' }>
export type PlaceState =
  | { status: 'idle' }
  | { status: 'placing' }
  /** Nothing was ordered, and the shop said why. */
  | { status: 'refused'; refusal: Refusal }
  | { status: 'failed'; message: string }
  /** No answer: the order may stand. The same body goes out again under the same id, nothing else may. */
  | { status: 'unknown'; body: OrderBody }

const pausesMs = [1000, 3000]

type PlacedOrder = Extract<PlaceResult, { status: 'placed' }>['order']

export function usePlaceOrder(on: {
  placed: (order: PlacedOrder) => Promise<void>
  refused: (refusal: Refusal) => void
}) {
  const { client } = useShop()
  const [state, setState] = useState<PlaceState>({ status: 'idle' })
  const attempt = useRef(freshAttempt(newId))
  const isUnderway = useRef(false)

  async function place(body: OrderBody): Promise<void> {
    // A second press of the button arrives before React has shown that the first one counted.
    if (isUnderway.current) return
    isUnderway.current = true
    setState({ status: 'placing' })
    attempt.current = attemptFor(attempt.current, canonicalJson(body), newId)
    try {
      const result = await send(client, { id: attempt.current.id, ...body })
      if (result.status === 'placed') return await on.placed(result.order)
      attempt.current = freshAttempt(newId)
      setState({ status: 'refused', refusal: result })
      on.refused(result)
    } catch (error) {
      const { message } = readSoukError(error)
      setState(isUnknown(error) ? { status: 'unknown', body } : { status: 'failed', message })
    } finally {
      isUnderway.current = false
    }
  }

  return { state, place, clear: () => setState({ status: 'idle' }) }
}

/** Sends it again after a moment when no answer came: under the same id that is the same order. */
async function send(client: SoukClient, order: PlaceOrder): Promise<PlaceResult> {
  for (const pauseMs of pausesMs) {
    try {
      return await client.checkout.place.mutate(order, { context: { idempotencyKey: order.id } })
    } catch (error) {
      if (!isUnknown(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  return await client.checkout.place.mutate(order, { context: { idempotencyKey: order.id } })
}

function isUnknown(error: unknown): boolean {
  const { code, reason } = readSoukError(error)
  return (
    code === 'UNREACHABLE' ||
    code === 'UNAVAILABLE' ||
    code === 'INTERNAL' ||
    reason === 'idempotency_in_flight'
  )
}
