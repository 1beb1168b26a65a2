/** One step of placing an order: the id under which a neighbour is asked, until when, and what came of it. */
export type PlacingStep = {
  step: 'reserve' | 'pay' | 'commit'
  /** The neighbour's own key: the same step asked again finds what it did before. */
  id: string
  deadlineAt: string
  /** What the neighbour answered last; nothing while it was not asked or its answer was lost. */
  result: string | null
  at: string | null
}

/** Longer than this nobody waits for goods to be held: the buyer has gone on, and must not be charged then. */
const reserveMs = 10 * 60_000
/** Who paid in the last moment still gets the goods that are held for him. */
const commitMs = 10 * 60_000

/** The steps of a new order. Paying has time for as long as the goods can be held. */
export function planPlacing(order: {
  orderId: string
  paymentId: string
  now: Date
  holdSeconds: number
}): PlacingStep[] {
  const after = (ms: number) => new Date(order.now.getTime() + ms).toISOString()
  const holdMs = reserveMs + order.holdSeconds * 1000
  const open = { result: null, at: null }
  return [
    { step: 'reserve', id: order.orderId, deadlineAt: after(reserveMs), ...open },
    { step: 'pay', id: order.paymentId, deadlineAt: after(holdMs), ...open },
    { step: 'commit', id: order.orderId, deadlineAt: after(holdMs + commitMs), ...open },
  ]
}

/** The same answer again leaves the time of the first. */
export function noteStep<Placed extends { placing: PlacingStep[] }>(
  order: Placed,
  step: PlacingStep['step'],
  result: string,
  now: Date,
): Placed {
  const placing = order.placing.map((one) =>
    one.step === step && one.result !== result ? { ...one, result, at: now.toISOString() } : one,
  )
  return { ...order, placing }
}

/** Answers after which a step is still to be done. */
const unsettled: readonly (string | null)[] = [null, 'created', 'unknown', 'requires_action']

/** A step that is not done and whose time is over. */
export function isOverdue(
  order: { placing: readonly PlacingStep[] },
  step: PlacingStep['step'],
  now: Date,
): boolean {
  const found = order.placing.find((one) => one.step === step)
  return (
    found !== undefined && unsettled.includes(found.result) && now.getTime() > Date.parse(found.deadlineAt)
  )
}
