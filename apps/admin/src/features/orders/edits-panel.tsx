'use client'

import type { Order, OrderEdit } from '@souk/order/contract'
import { Panel } from '@souk/ui/admin-page'
import { Status, type Tone } from '@souk/ui/badge'
import { Button } from '@souk/ui/button'
import { useToast } from '@souk/ui/toast'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText } from '../../frame/format.ts'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { useOrderWrites } from './use-order-writes.ts'

const states: Record<OrderEdit['status'], { label: string; tone: Tone }> = {
  waiting: { label: 'Waits for what was added', tone: 'warning' },
  refunding: { label: 'Money on its way', tone: 'warning' },
  completed: { label: 'Done', tone: 'positive' },
  refund_failed: { label: 'Refund refused', tone: 'danger' },
}

/** What an edit added is an order of its own, which has the edit's id. */
const addedBy = ({ followUps }: Order, editId: string) =>
  followUps.find(({ id }) => id === editId)?.lines ?? []

/** What was changed in the order, and whether the money went back. */
export function EditsPanel({ order }: { order: Order }) {
  const toast = useToast()
  const { retryEdit } = useOrderWrites((changed) =>
    toast({ text: `The refund for order ${changed.number} was asked for again` }),
  )
  if (order.edits.length === 0) return null
  return (
    <Panel title="Edits" isFlush>
      {retryEdit.error && <ProblemNotice title="The refund was not asked for" error={retryEdit.error} />}
      <ul className="divide-y divide-line">
        {order.edits.map((edit) => (
          <li key={edit.id} className="flex flex-wrap justify-between gap-x-4 gap-y-2 px-4 py-3 text-sm">
            <div>
              {edit.removed.map(({ sku, name, optionsLabel, quantity }) => (
                <p key={sku}>
                  {quantity} × {[name, optionsLabel].filter(Boolean).join(', ')}{' '}
                  {edit.isRest ? 'not sent' : 'taken out'}
                </p>
              ))}
              {addedBy(order, edit.id).map(({ sku, name, optionsLabel, quantity }) => (
                <p key={sku}>
                  {quantity} × {[name, optionsLabel].filter(Boolean).join(', ')} added
                </p>
              ))}
              {edit.note && <p className="text-ink-soft">{edit.note}</p>}
              {edit.problem && <p className="text-ink-soft">{edit.problem}</p>}
              <DateTime value={edit.createdAt} className="text-dense text-ink-soft" />
            </div>
            <div className="flex flex-col gap-1 sm:items-end">
              <Status tone={states[edit.status].tone}>{states[edit.status].label}</Status>
              {edit.lowered.amount > 0 && (
                <p className="figures text-ink-soft">{`\u2212${moneyText(edit.lowered)}`}</p>
              )}
              {edit.status === 'refund_failed' && (
                <Button
                  size="small"
                  variant="secondary"
                  isLoading={retryEdit.isPending}
                  onClick={() => retryEdit.mutate({ id: order.id, editId: edit.id })}
                >
                  Refund again
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
