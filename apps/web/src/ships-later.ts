type Later = { quantity: number; shipsLater: number; expectedOn: string | null }

const day = new Intl.DateTimeFormat('en-IE', { day: 'numeric', month: 'long', timeZone: 'UTC' })

/** What a shopper is told of pieces that are not here yet; nothing when all are. */
export function shipsLaterText(
  { quantity, shipsLater, expectedOn }: Later,
  now = new Date(),
): string | undefined {
  if (shipsLater === 0) return undefined
  const who = shipsLater < quantity ? `${shipsLater} of them ship later` : 'Ships later'
  return `${who}${expectedText(expectedOn, now)}.`
}

/** `, expected 3 December`. A day that is over says nothing about when the goods come. */
export function expectedText(expectedOn: string | null, now = new Date()): string {
  if (expectedOn === null || expectedOn < now.toISOString().slice(0, 10)) return ''
  return `, expected ${day.format(new Date(expectedOn))}`
}
