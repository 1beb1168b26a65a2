'use client'

import { type MessageSummary, Template, templates } from '@souk/notification/contract'
import { PageHeader } from '@souk/ui/admin-page'
import type { Column } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { EmptyState } from '@souk/ui/empty-state'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Mail } from 'lucide-react'
import Link from 'next/link'
import { z } from 'zod'
import { useApi } from '../../data/api.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { FilterSelect } from '../../frame/filter-select.tsx'
import { ListView } from '../../frame/list-view.tsx'
import { SearchBox } from '../../frame/search-box.tsx'
import { SoftLink } from '../../frame/soft-link.tsx'
import { useUrlQuery } from '../../frame/use-url-query.ts'
import { paths } from '../../paths.ts'
import { readQuery, readTrail } from '../../url-query.ts'
import { messageStates, templateLabels } from './message-words.ts'

const Filters = z.object({ q: z.string().max(120), template: Template })

const columns: readonly Column<MessageSummary>[] = [
  {
    key: 'subject',
    header: 'Subject',
    isName: true,
    className: 'sm:max-w-96',
    cell: (message) => (
      <Link
        href={paths.message(message.id)}
        data-row-link
        className="block truncate font-medium after:absolute after:inset-0 hover:underline"
      >
        {message.subject}
      </Link>
    ),
  },
  {
    key: 'to',
    header: 'To',
    phone: 'wide',
    className: 'sm:max-w-56',
    cell: (message) => <span className="block truncate">{message.to}</span>,
  },
  {
    key: 'template',
    header: 'Kind',
    phone: 'hidden',
    from: 'md',
    cell: (message) => templateLabels[message.template],
  },
  {
    key: 'status',
    header: 'State',
    phone: 'start',
    cell: ({ status }) => <Status tone={messageStates[status].tone}>{messageStates[status].label}</Status>,
  },
  {
    key: 'at',
    header: 'Written',
    phone: 'end',
    isEnd: true,
    cell: (message) => <DateTime value={message.createdAt} />,
  },
]

export function MailboxPage() {
  const api = useApi()
  const { params } = useUrlQuery()
  const filters = readQuery(Filters, params)
  const messages = useQuery({
    ...api.admin.mailbox.list.queryOptions({ ...filters, cursor: readTrail(params).cursor }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
  const isFiltered = filters.q !== undefined || filters.template !== undefined
  return (
    <>
      <PageHeader
        title="Mailbox"
        description="Every message the shop wrote. Without a mail server they are kept here instead of being sent."
      />
      <div className="flex flex-wrap gap-3 pb-4">
        <SearchBox label="Search messages" placeholder="Recipient or subject" />
        <FilterSelect
          name="template"
          label="Kind"
          allLabel="All kinds"
          options={templates.map((value) => ({ value, label: templateLabels[value] }))}
        />
      </div>
      <ListView
        query={messages}
        label="messages"
        columns={columns}
        rowKey={(message) => message.id}
        empty={
          <EmptyState
            icon={Mail}
            title={isFiltered ? 'No message matches' : 'No messages yet'}
            actions={
              isFiltered && (
                <SoftLink href={paths.mailbox()} className="link">
                  Show all messages
                </SoftLink>
              )
            }
          >
            <p>
              The shop writes when an order is confirmed, shipped, cancelled or refunded, and when somebody
              registers.
            </p>
          </EmptyState>
        }
      />
    </>
  )
}
