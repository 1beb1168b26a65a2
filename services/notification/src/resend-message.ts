import { AppError, notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { NotificationContext } from './context.ts'
import type { MessageRef, MessageSummary } from './contract.ts'
import { findMessage, queueCopy } from './mailbox-store.ts'
import { secretPlace } from './mails/mail.ts'

/** Sends a copy to the same receiver. The first stays in the mailbox as it is. */
export async function resendMessage(ctx: NotificationContext, input: MessageRef): Promise<MessageSummary> {
  const stored = await findMessage(ctx.db, input.id)
  if (!stored) throw notFound('message')
  const command = { operation: 'mailbox.resend', principal: ctx.principal, input }
  const copy = await once(ctx.db, command, async (tx) => {
    if (stored.status === 'queued') throw stillQueued()
    if (stored.secret === null && stored.text.includes(secretPlace)) throw linkIsGone()
    const queued = await queueCopy(tx, input.id, ctx.clock.now())
    if (!queued) throw notFound('message')
    return queued
  })
  ctx.wakeSending()
  return copy
}

function stillQueued(): AppError {
  return new AppError('INVALID_STATE', 'This mail has not left yet; it will be sent by itself.')
}

function linkIsGone(): AppError {
  return new AppError('INVALID_STATE', 'The link of this mail is gone. The customer can ask for a new one.')
}
