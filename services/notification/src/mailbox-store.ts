import type { Sql } from '@souk/db/connect'
import type { NotificationDatabase } from '@souk/db/notification'
import { newId } from '@souk/kernel/id'
import type { MessageStatus, MessageSummary, Template } from './contract.ts'

export type StoredMessage = MessageSummary & { html: string; text: string; secret: string | null }

type SummaryRow = {
  id: string
  template: string
  to: string
  subject: string
  status: string
  attempts: number
  error: string | null
  createdAt: Date
  sentAt: Date | null
}

const summary = {
  id: true,
  template: true,
  to: true,
  subject: true,
  status: true,
  attempts: true,
  error: true,
  createdAt: true,
  sentAt: true,
} as const

function toSummary(row: SummaryRow): MessageSummary {
  return {
    ...row,
    template: row.template as Template,
    status: row.status as MessageStatus,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  }
}

export type MailboxSearch = {
  q?: string | undefined
  template?: Template | undefined
  before?: string | undefined
  limit: number
}

/** Newest first, without the bodies. */
export async function searchMailbox(
  db: NotificationDatabase,
  search: MailboxSearch,
): Promise<MessageSummary[]> {
  const contains = search.q?.replace(/[\\%_]/g, '\\$&')
  const rows = await db.prisma.message.findMany({
    select: summary,
    where: {
      ...(search.template === undefined ? {} : { template: search.template }),
      ...(search.before === undefined ? {} : { id: { lt: search.before } }),
      ...(contains === undefined
        ? {}
        : {
            OR: [
              { to: { contains, mode: 'insensitive' } as const },
              { subject: { contains, mode: 'insensitive' } as const },
            ],
          }),
    },
    orderBy: { id: 'desc' },
    take: search.limit,
  })
  return rows.map(toSummary)
}

export async function findMessage(db: NotificationDatabase, id: string): Promise<StoredMessage | undefined> {
  const row = await db.prisma.message.findUnique({
    select: { ...summary, html: true, text: true, secret: true },
    where: { id },
  })
  return row === null ? undefined : { ...toSummary(row), html: row.html, text: row.text, secret: row.secret }
}

/** Queues a copy with a Message-ID of its own; mail programs would hide one they have seen. */
export async function queueCopy(tx: Sql, id: string, now: Date): Promise<MessageSummary | undefined> {
  const [row] = await tx.query<SummaryRow>(
    `insert into message (id, template, order_id, resent_from, to_address, to_name, subject, html, text, secret, secret_until, attachment, due_at, created_at)
     select $2, template, order_id, id, to_address, to_name, subject, html, text, secret, secret_until, attachment, $3, $3
     from message where id = $1
     returning id, template, to_address as to, subject, status, attempts, error, created_at as "createdAt", sent_at as "sentAt"`,
    [id, newId(), now],
  )
  return row && toSummary(row)
}
