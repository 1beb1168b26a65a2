import type { Sql } from '@souk/db/connect'
import type { NotificationDatabase } from '@souk/db/notification'
import type { DocumentSnapshot } from '@souk/invoice/snapshot'
import { newId } from '@souk/kernel/id'
import type { Template } from './contract.ts'
import type { Mail } from './mails/mail.ts'

export type NewMessage = {
  template: Template
  eventId: string
  /** Ties mails that are sent once per order to it. */
  orderId?: string
  to: { address: string; name: string }
  mail: Mail
  secret?: { value: string; until: Date }
  /** Goes along as a PDF. */
  attachment?: DocumentSnapshot
  now: Date
}

export async function queueMessage(tx: Sql, message: NewMessage): Promise<void> {
  await queueMessages(tx, [message])
}

/** Queues mails unless their event, or their order, has had them: whatever is delivered twice is written once. */
export async function queueMessages(tx: Sql, messages: readonly NewMessage[]): Promise<void> {
  const column = (read: (message: NewMessage) => unknown) => messages.map(read)
  await tx.query(
    `insert into message (id, template, event_id, order_id, to_address, to_name, subject, html, text, secret, secret_until, due_at, created_at, attachment)
     select id, template, event_id, order_id, to_address, to_name, subject, html, text, secret, secret_until, at, at, attachment
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::text[], $11::timestamptz[], $12::timestamptz[], $13::jsonb[])
       as mail (id, template, event_id, order_id, to_address, to_name, subject, html, text, secret, secret_until, at, attachment)
     on conflict do nothing`,
    [
      column(() => newId()),
      column((message) => message.template),
      column((message) => message.eventId),
      column((message) => message.orderId ?? null),
      column((message) => message.to.address),
      column((message) => message.to.name),
      column((message) => message.mail.subject),
      column((message) => message.mail.html),
      column((message) => message.mail.text),
      column((message) => message.secret?.value ?? null),
      column((message) => message.secret?.until ?? null),
      column((message) => message.now),
      column((message) => (message.attachment === undefined ? null : JSON.stringify(message.attachment))),
    ],
    'messages-queue',
  )
}

/** Without an SMTP server nothing is sent: what is queued stays in the mailbox. */
export async function keepQueued(db: NotificationDatabase): Promise<void> {
  await db.sql.query(`update message set status = 'kept' where status = 'queued'`, [], 'message-keep')
}

export type ClaimedMessage = {
  id: string
  template: Template
  to: string
  toName: string
  subject: string
  html: string
  text: string
  secret: string | null
  attachment: DocumentSnapshot | null
  /** Counts this claim; a later claim by another sender makes it stale. */
  attempts: number
  createdAt: Date
}

/** Takes messages that are due for `leaseSeconds`; other senders pass them by until then. */
export async function claimDue(
  db: NotificationDatabase,
  options: { limit: number; leaseSeconds: number; now: Date },
): Promise<ClaimedMessage[]> {
  return await db.sql.query<ClaimedMessage>(
    `update message set attempts = attempts + 1, leased_until = $1::timestamptz + make_interval(secs => $2)
     where id in (
       select id from message
       where status = 'queued' and due_at <= $1 and (leased_until is null or leased_until < $1)
       order by due_at limit $3 for update skip locked)
     returning id, template, to_address as to, to_name as "toName", subject, html, text, secret, attachment, attempts, created_at as "createdAt"`,
    [options.now, options.leaseSeconds, options.limit],
    'message-claim',
  )
}

/** The server has it: a secret is needed no more. Nothing happens when another sender took over meanwhile. */
export async function markSent(db: NotificationDatabase, claimed: ClaimedMessage, now: Date): Promise<void> {
  await db.sql.query(
    `update message set status = 'sent', sent_at = $3, error = null, leased_until = null, secret = null, secret_until = null
     where id = $1 and attempts = $2 and status = 'queued'`,
    [claimed.id, claimed.attempts, now],
    'message-sent',
  )
}

/** Tries again at `dueAt`, or never when there is no such time. */
export async function markUnsent(
  db: NotificationDatabase,
  claimed: ClaimedMessage,
  outcome: { error: string; dueAt: Date | undefined },
): Promise<void> {
  await db.sql.query(
    `update message set status = $3, error = $4, due_at = coalesce($5, due_at), leased_until = null
     where id = $1 and attempts = $2 and status = 'queued'`,
    [
      claimed.id,
      claimed.attempts,
      outcome.dueAt === undefined ? 'failed' : 'queued',
      outcome.error,
      outcome.dueAt ?? null,
    ],
  )
}

/** Erases secrets that are worthless by now, also of mails that never left. */
export async function eraseSecrets(db: NotificationDatabase, now: Date): Promise<void> {
  await db.sql.query('update message set secret = null, secret_until = null where secret_until < $1', [now])
}
