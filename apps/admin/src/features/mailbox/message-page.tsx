'use client'

import { readSoukError } from '@souk/api/client-error'
import type { Message } from '@souk/notification/contract'
import { PageHeader } from '@souk/ui/admin-page'
import { Status } from '@souk/ui/badge'
import { EmptyState } from '@souk/ui/empty-state'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { Tabs } from '@souk/ui/tabs'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useApi } from '../../data/api.tsx'
import { BackLink } from '../../frame/back-link.tsx'
import { DateTime } from '../../frame/date-time.tsx'
import { ProblemNotice } from '../../frame/problem-notice.tsx'
import { paths } from '../../paths.ts'
import { messageStates, templateLabels } from './message-words.ts'
import { ResendMessage } from './resend-message.tsx'

export function MessagePage({ id }: { id: string }) {
  const api = useApi()
  const message = useQuery(api.admin.mailbox.get.queryOptions({ id }))
  if (message.data) return <MessageView message={message.data} />
  if (!message.error) {
    return (
      <Loading label="Loading the message" className="flex flex-col gap-3">
        <Skeleton className="h-4 w-20" />
        <Skeleton className="h-7 w-80 max-w-full" />
        <Skeleton className="mt-4 h-[60vh]" />
      </Loading>
    )
  }
  if (['NOT_FOUND', 'INVALID_INPUT'].includes(readSoukError(message.error).code)) {
    return (
      <EmptyState title="There is no such message" headingLevel="h1">
        <Link href={paths.mailbox()} className="link">
          All messages
        </Link>
      </EmptyState>
    )
  }
  return (
    <ProblemNotice
      title="The message could not be loaded"
      error={message.error}
      onRetry={() => void message.refetch()}
    />
  )
}

function MessageView({ message }: { message: Message }) {
  const state = messageStates[message.status]
  return (
    <>
      <PageHeader
        above={<BackLink href={paths.mailbox()}>Mailbox</BackLink>}
        title={message.subject}
        description={
          <span className="flex flex-wrap gap-x-4 gap-y-1">
            <span className="break-all">To {message.to}</span>
            <span>{templateLabels[message.template]}</span>
            <DateTime value={message.sentAt ?? message.createdAt} />
            <Status tone={state.tone}>{state.label}</Status>
          </span>
        }
        actions={<ResendMessage message={message} />}
      />
      {message.error && (
        <p className="pb-4 text-danger text-sm">
          After {message.attempts} attempts: {message.error}
        </p>
      )}
      <Tabs
        label="Versions of the message"
        tabs={[
          {
            value: 'html',
            label: 'As sent',
            content: (
              <iframe
                title={`Message: ${message.subject}`}
                src={paths.messageBody(message.id)}
                sandbox="allow-popups allow-popups-to-escape-sandbox"
                referrerPolicy="no-referrer"
                className="h-[75vh] min-h-96 w-full rounded-control border border-line bg-tile"
              />
            ),
          },
          {
            value: 'text',
            label: 'Plain text',
            content: (
              <pre className="max-w-read whitespace-pre-wrap break-words rounded-control border border-line bg-raised p-4 font-mono text-sm">
                {message.text}
              </pre>
            ),
          },
        ]}
      />
    </>
  )
}
