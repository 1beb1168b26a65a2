import { notFound } from '@souk/kernel/errors'
import { isOwner } from '@souk/kernel/principal'
import type { NotificationContext } from './context.ts'
import type { Message, MessageRef } from './contract.ts'
import { findMessage } from './mailbox-store.ts'
import { secretPlace } from './mails/mail.ts'

/**
 * One mail with its bodies. A link that would let its reader into somebody's account is shown to owners
 * only, and only while the mail has not left: staff must not become anybody by reading mails.
 */
export async function getMessage(ctx: NotificationContext, input: MessageRef): Promise<Message> {
  const stored = await findMessage(ctx.db, input.id)
  if (!stored) throw notFound('message')
  const { secret, html, text, ...summary } = stored
  const shown = secret !== null && isOwner(ctx.principal) ? encodeURIComponent(secret) : 'hidden'
  return { ...summary, html: html.replaceAll(secretPlace, shown), text: text.replaceAll(secretPlace, shown) }
}
