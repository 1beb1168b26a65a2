import { renderDocument } from '@souk/invoice/render'
import { fileNameOf } from '@souk/invoice/snapshot'
import { counter } from '@souk/service/metrics'
import type { NotificationContext } from './context.ts'
import { secretPlace } from './mails/mail.ts'
import { type ClaimedMessage, claimDue, keepQueued, markSent, markUnsent } from './message-store.ts'
import type { Round } from './postman.ts'
import { nextAttempt } from './retry.ts'

/** A batch must be through long before its lease ends, even when every connection hangs. */
const batchSize = 6
const leaseSeconds = 120

const mails = counter('souk_mails_total', 'Mails by what became of them.', ['template', 'outcome'])

/** Sends what is due until nothing is, or keeps it when there is no server to send it to. */
export async function sendQueued(ctx: NotificationContext): Promise<void> {
  if (!ctx.postman) return await keepQueued(ctx.db)
  let round: Round | undefined
  try {
    for (;;) {
      const batch = await claimDue(ctx.db, { limit: batchSize, leaseSeconds, now: ctx.clock.now() })
      if (batch.length === 0) return
      round ??= ctx.postman()
      const current = round
      await Promise.all(batch.map(async (message) => await deliver(ctx, current, message)))
    }
  } finally {
    round?.end()
  }
}

async function deliver(ctx: NotificationContext, round: Round, message: ClaimedMessage): Promise<void> {
  const { id, template, subject } = message
  const delivery = await round.send({
    id,
    to: { address: message.to, name: message.toName },
    subject,
    html: withSecret(message.html, message.secret),
    text: withSecret(message.text, message.secret),
    attachments: await attachmentsOf(message),
  })
  mails.inc({ template, outcome: delivery.outcome })
  if (delivery.outcome === 'sent') return await markSent(ctx.db, message, ctx.clock.now())
  const isRefused = delivery.outcome === 'refused'
  const dueAt = nextAttempt({ ...message, isRefused }, ctx.clock.now(), Math.random())
  ctx.log.warn(
    { messageId: id, template, attempts: message.attempts, isLast: dueAt === undefined },
    'mail not sent',
  )
  await markUnsent(ctx.db, message, { error: delivery.error, dueAt })
}

async function attachmentsOf({ attachment }: ClaimedMessage) {
  if (attachment === null) return []
  const content = await renderDocument(attachment)
  return [{ filename: fileNameOf(attachment), content, contentType: 'application/pdf' }]
}

function withSecret(body: string, secret: string | null): string {
  return secret === null ? body : body.replaceAll(secretPlace, encodeURIComponent(secret))
}
