'use client'

import type { NamedPriceChange } from '@souk/api/contract'
import { Panel } from '@souk/ui/admin-page'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'

/** Who changed promotions, taxes and delivery last. */
export function PriceChanges() {
  const api = useApi()
  const changes = useQuery(api.admin.pricing.changes.queryOptions({ limit: 10 }))
  if (changes.error)
    return <ProblemNotice title="The changes could not be loaded" error={changes.error} className="mt-6" />
  if (!changes.data || changes.data.items.length === 0) return null
  return (
    <Panel title="Latest changes" isFlush className="mt-6">
      <ul className="divide-y divide-line">
        {changes.data.items.map((change) => (
          <li key={change.id} className="flex flex-wrap justify-between gap-x-4 px-4 py-2 text-sm">
            <span className="min-w-0 break-words">
              {words(change.action)} <strong className="font-medium">{change.subject}</strong>
              <span className="block text-dense text-ink-soft">{what(change)}</span>
            </span>
            <span className="text-dense text-ink-soft sm:text-right">
              <DateTime value={change.at} />
              <span className="block break-words">by {change.actorName ?? change.actor}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** `tax_changed` reads as `Tax changed`. */
function words(action: string): string {
  return action.charAt(0).toUpperCase() + action.slice(1).replaceAll('_', ' ')
}

function what({ action, details }: NamedPriceChange): string {
  return action.endsWith('_changed') ? Object.keys(details).join(', ') : ''
}
