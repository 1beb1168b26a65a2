import { createHmac, timingSafeEqual } from 'node:crypto'
import { notFound } from '@souk/kernel/errors'
import { isStaff } from '@souk/kernel/principal'
import type { OrderContext } from '../context.ts'
import type { Draft } from './draft.ts'
import { findDraft } from './draft-store.ts'

/** The key in the customer's mail: only this service can compute it, so nothing is stored. */
export function draftToken(draftId: string, secret: string): string {
  return createHmac('sha256', secret).update(`draft-token ${draftId}`).digest('base64url')
}

function isDraftToken(given: string | undefined, draftId: string, secret: string): boolean {
  if (given === undefined) return false
  const [expected, actual] = [Buffer.from(draftToken(draftId, secret)), Buffer.from(given)]
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

/** For staff, and for whoever has the key once the draft was sent. To all others it is missing. */
export async function loadVisibleDraft(
  ctx: OrderContext,
  input: { id: string; draftToken?: string | undefined },
): Promise<Draft> {
  const draft = await findDraft(ctx.db.sql, input.id)
  const isOffered =
    draft !== undefined &&
    draft.sentAt !== null &&
    isDraftToken(input.draftToken, input.id, ctx.settings.orderTokenSecret)
  if (!draft || !(isStaff(ctx.principal) || isOffered)) throw notFound('draft')
  return draft
}
