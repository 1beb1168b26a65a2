import type { OrderOfKey, Purchase, Step } from './history.ts'

/** What was done with the order must show in it; what was refused must not; what is unknown may. */
export function stepFaultsOf({ steps, quantity, totalMinor }: Purchase, order: OrderOfKey): string[] {
  const out = steps.filter(({ kind }) => kind === 'edit' || kind === 'swap')
  const taken = rangeOf(out)
  const isUnsure = out.some(({ outcome }) => outcome === 'unknown')
  const told = out.findLast(({ outcome }) => outcome === 'done')?.totalMinor ?? totalMinor
  const faults: string[] = []
  if (order.quantity > quantity - taken.least || order.quantity < quantity - taken.most)
    faults.push(
      `was for ${quantity} pieces and ${taken.least} to ${taken.most} were taken out, order ${order.id} is for ${order.quantity}`,
    )
  if (isUnsure ? order.total_minor > told : order.total_minor !== told)
    faults.push(`was told ${told}, order ${order.id} costs ${order.total_minor}`)
  const count = (kind: Step['kind']) =>
    steps.filter((step) => step.kind === kind).map((step) => ({ ...step, pieces: 1 }))
  const compare = (what: string, found: number, among: readonly Step[]) => {
    const { least, most } = rangeOf(among)
    if (found < least || found > most)
      faults.push(`was told of ${least} to ${most} ${what}, order ${order.id} has ${found}`)
  }
  compare(
    'pieces sent',
    order.shipped,
    steps.filter(({ kind }) => kind === 'parcel'),
  )
  compare('returns', order.returns, count('return'))
  compare('orders that follow', order.follow_ups, [...count('swap'), ...count('exchange')])
  return faults
}

function rangeOf(steps: readonly Step[]): { least: number; most: number } {
  const sumOf = (outcome: Step['outcome']) =>
    steps.filter((step) => step.outcome === outcome).reduce((sum, { pieces }) => sum + pieces, 0)
  const least = sumOf('done')
  return { least, most: least + sumOf('unknown') }
}
