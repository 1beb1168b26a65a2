import type { PaymentDatabase } from '@souk/db/payment'

export type WebhookRecord = {
  provider: string
  eventId: string
  type: string
  paymentId: string
  outcome: 'moved' | 'known'
}

/**
 * Written after the event was applied, so that a crash in between has it delivered and applied again. A
 * row that says only that nothing was new does not wait for the disk: losing it would change nothing.
 * Answers whether the event is new.
 */
export async function rememberWebhook(db: PaymentDatabase, event: WebhookRecord): Promise<boolean> {
  const rows = await db.sql.query(
    `with relaxed as (select case when $5 = 'known' then set_config('synchronous_commit', 'off', true) end)
     insert into webhook_event (provider, event_id, type, payment_id, outcome)
     select $1, $2, $3, $4::uuid, $5 from relaxed
     on conflict do nothing returning event_id`,
    [event.provider, event.eventId, event.type, event.paymentId, event.outcome],
    'webhook-remember',
  )
  return rows.length > 0
}

export async function forgetOldWebhooks(db: PaymentDatabase): Promise<void> {
  await db.sql.query(`delete from webhook_event where received_at < now() - interval '30 days'`)
}
