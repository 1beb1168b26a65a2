import type { ReturnReason, ReturnStatus } from '@souk/order/contract'
import { Status, type Tone } from '@souk/ui/badge'

const looks: Record<ReturnStatus, { label: string; tone: Tone }> = {
  requested: { label: 'To decide', tone: 'warning' },
  approved: { label: 'On its way back', tone: 'accent' },
  declined: { label: 'Declined', tone: 'neutral' },
  received: { label: 'To refund', tone: 'warning' },
  refunding: { label: 'Refund under way', tone: 'accent' },
  completed: { label: 'Completed', tone: 'positive' },
}

export const returnReasonWords: Record<ReturnReason, string> = {
  changed_mind: 'Changed their mind',
  damaged: 'Damaged',
  wrong_item: 'Wrong item',
  not_as_described: 'Not as described',
  too_late: 'Came too late',
  other: 'Another reason',
}

export function returnStatusLabel(status: ReturnStatus): string {
  return looks[status].label
}

export function ReturnStatusMark({ status }: { status: ReturnStatus }) {
  return <Status tone={looks[status].tone}>{looks[status].label}</Status>
}
