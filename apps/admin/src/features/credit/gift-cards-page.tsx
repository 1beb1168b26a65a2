'use client'

import { PageHeader } from '@souk/ui/admin-page'
import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Gift } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { FilterTabs } from '../../frame/filter-tabs.tsx'
import { ListView } from '../../frame/list-view.tsx'
import { SearchBox } from '../../frame/search-box.tsx'
import { SoftLink } from '../../frame/soft-link.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { creditColumns } from './credit-columns.tsx'
import { IssueDialog } from './issue-dialog.tsx'

const Filters = z.object({ q: z.string().max(120), kind: z.enum(['gift_card', 'store_credit']) })
const tabs = [
  { value: undefined, label: 'All' },
  { value: 'gift_card', label: 'Gift cards' },
  { value: 'store_credit', label: 'Store credit' },
]

export function GiftCardsPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const filters = readQuery(Filters, params)
  const [isIssuing, setIsIssuing] = useState(false)
  const credits = useQuery({
    ...api.admin.credit.list.queryOptions({ ...filters, cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
  })
  const isFiltered = filters.q !== undefined || filters.kind !== undefined
  return (
    <>
      <PageHeader
        title="Gift cards"
        description="Gift cards and the store credit of customers. Store credit is given on the customers’ page."
        actions={
          <Button size="small" onClick={() => setIsIssuing(true)}>
            Issue gift card
          </Button>
        }
      />
      <FilterTabs name="kind" label="Kind" tabs={tabs} />
      <div className="flex flex-wrap gap-3 py-4">
        <SearchBox label="Search gift cards" placeholder="Last four signs, e-mail or note" />
      </div>
      <ListView
        query={credits}
        label="gift cards"
        columns={creditColumns}
        rowKey={(credit) => credit.id}
        empty={
          <EmptyState
            icon={Gift}
            title={isFiltered ? 'No gift card matches' : 'No gift cards yet'}
            actions={
              isFiltered && (
                <SoftLink href={paths.giftCards()} className="link">
                  Show all
                </SoftLink>
              )
            }
          >
            <p>Issue one, and give its code to whoever is to spend it.</p>
          </EmptyState>
        }
      />
      {isIssuing && <IssueDialog onClose={() => setIsIssuing(false)} />}
    </>
  )
}
