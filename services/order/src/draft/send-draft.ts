import { record, shopEvent } from '@souk/events/record'
import { notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { DraftId, Draft as DraftView } from '../contract.ts'
import { draftToken } from './access.ts'
import { requireOpen, requireOwn } from './draft.ts'
import { findDraft, lockDraft, markSent } from './draft-store.ts'
import { viewDraft } from './view-draft.ts'

/** The customer gets a mail with the link to pay. Sending again writes again, with what the draft says now. */
export async function sendDraft(ctx: OrderContext, input: z.output<typeof DraftId>): Promise<DraftView> {
  const now = ctx.clock.now()
  await once(ctx.db, { operation: 'draft.send', principal: ctx.principal, input }, async (tx) => {
    const draft = await lockDraft(tx, input.id)
    if (!draft) throw notFound('draft')
    requireOpen(draft, now, { orExpired: false })
    requireOwn(draft)
    await markSent(tx, draft.id, now)
    const { subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor } = draft.price
    await record(tx, [
      shopEvent('draft.sent', draft.id, draft.sends + 1, {
        draftId: draft.id,
        number: draft.number,
        email: draft.email,
        customerName: draft.shippingAddress.name,
        draftToken: draftToken(draft.id, ctx.settings.orderTokenSecret),
        lines: draft.lines.map((line) => ({
          sku: line.sku,
          name: line.name,
          optionsLabel: line.optionsLabel,
          imageUrl: line.imageUrl,
          quantity: line.quantity,
          unitPriceMinor: line.unitPriceMinor,
          totalMinor: line.unitPriceMinor * line.quantity,
        })),
        totals: {
          subtotalMinor,
          discountMinor,
          shippingMinor,
          taxMinor,
          totalMinor,
          currency: draft.currency,
        },
        note: draft.note,
        expiresAt: draft.expiresAt.toISOString(),
      }),
    ])
    return { id: draft.id }
  })
  ctx.bus.wake()
  const sent = await findDraft(ctx.db.sql, input.id)
  if (!sent) throw notFound('draft')
  return viewDraft(sent, now)
}
