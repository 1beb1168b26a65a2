import { Id } from '@souk/kernel/id'
import { PageInput, pageOf } from '@souk/kernel/page'
import { z } from 'zod'

export const templates = [
  'order-confirmed',
  'order-arrived',
  'order-shipped',
  'order-tracking',
  'order-cancelled',
  'order-edited',
  'follow-up-offered',
  'order-refunded',
  'invoice-issued',
  'draft-sent',
  'return-requested',
  'return-approved',
  'return-declined',
  'return-received',
  'welcome',
  'password-reset',
  'password-changed',
  'stock-low',
  'gift-card',
] as const
export const Template = z.enum(templates)
export type Template = z.infer<typeof Template>

/** `kept`: no SMTP server is configured, the message stays in the local mailbox. */
export const messageStatuses = ['queued', 'sent', 'kept', 'failed'] as const
export type MessageStatus = (typeof messageStatuses)[number]

export const MessageSummary = z.object({
  id: Id,
  template: Template,
  to: z.string(),
  subject: z.string(),
  status: z.enum(messageStatuses),
  attempts: z.int(),
  error: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
})
export type MessageSummary = z.infer<typeof MessageSummary>
export const MessagePage = pageOf(MessageSummary)
export type MessagePage = z.infer<typeof MessagePage>
export const Message = MessageSummary.extend({ html: z.string(), text: z.string() })
export type Message = z.infer<typeof Message>

export const ListMessages = z.strictObject({
  q: z.string().trim().max(120).optional(),
  template: Template.optional(),
  ...PageInput,
})
export type ListMessages = z.output<typeof ListMessages>
export const MessageRef = z.strictObject({ id: Id })
export type MessageRef = z.output<typeof MessageRef>
