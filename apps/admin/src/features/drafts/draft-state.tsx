import type { DraftState } from '@souk/order/contract'
import { Status, type Tone } from '@souk/ui/badge'

const looks: Record<DraftState, { label: string; tone: Tone }> = {
  open: { label: 'Not sent', tone: 'neutral' },
  sent: { label: 'Sent', tone: 'accent' },
  ordered: { label: 'Ordered', tone: 'positive' },
  expired: { label: 'Expired', tone: 'warning' },
  discarded: { label: 'Withdrawn', tone: 'neutral' },
}

export function DraftStateMark({ state }: { state: DraftState }) {
  return <Status tone={looks[state].tone}>{looks[state].label}</Status>
}
