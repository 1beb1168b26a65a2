import type { Sql } from '@souk/db/connect'
import { AppError, notFound } from '@souk/kernel/errors'
import { draftToken } from '../draft/access.ts'
import { lockDraft, markOffered } from '../draft/draft-store.ts'
import type { Announcement } from '../order/announcement.ts'
import {
  type FollowUp,
  isHeld,
  moveFollowUp,
  noteFollowUpStep,
  owedMinor,
  payableUntil,
} from './follow-up.ts'
import { findFollowUp, saveFollowUp } from './follow-up-store.ts'

/** How long the customer has to pay what is owed. */
export const offerDays = 7
const dayMs = 86_400_000

/** In the transaction of the edit or the return that promises it. Who does has the origin's row locked. */
export async function promiseFollowUp(tx: Sql, id: string, now: Date): Promise<FollowUp> {
  const { followUp } = await locked(tx, id)
  if (followUp.promisedAt !== null) return followUp
  if (followUp.state !== 'preparing' || !isHeld(followUp)) throw lost()
  const promised = noteFollowUpStep(moveFollowUp(followUp, 'open'), 'promise', 'promised', now)
  return await save(tx, { ...promised, promisedAt: now })
}

/**
 * From here on `movableMinor` of the origin's money may pay for it: for an edit when it is made, for an exchange
 * when the goods have come back. When something is left to pay the customer is told, with the returned event.
 */
export async function startFollowUp(
  tx: Sql,
  id: string,
  given: { movableMinor: number; isCod: boolean; tokenSecret: string; now: Date },
): Promise<{ followUp: FollowUp; owedMinor: number; announces: Announcement[] }> {
  const { followUp, draft } = await locked(tx, id)
  const { totalMinor } = draft.price
  const movesMinor = given.isCod ? 0 : Math.min(given.movableMinor, totalMinor)
  const moving = { ...moveFollowUp(followUp, 'started'), movesMinor, isCod: given.isCod }
  const started = await save(tx, moving)
  const owed = owedMinor(started, totalMinor)
  if (owed === 0) return { followUp: started, owedMinor: owed, announces: [] }
  const offerEnd = Math.min(
    given.now.getTime() + offerDays * dayMs,
    payableUntil(started.holdUntil).getTime(),
  )
  const expiresAt = new Date(offerEnd)
  await markOffered(tx, draft.id, { now: given.now, expiresAt })
  const offer: Announcement = {
    name: 'order.follow_up_offered',
    followUpId: id,
    kind: started.kind,
    draft: { ...draft, expiresAt },
    draftToken: draftToken(draft.id, given.tokenSecret),
    movedMinor: movesMinor,
    toPayMinor: owed,
  }
  return { followUp: started, owedMinor: owed, announces: [offer] }
}

async function locked(tx: Sql, id: string) {
  const known = await findFollowUp(tx, id)
  const draft = known && (await lockDraft(tx, known.draftId))
  const followUp = draft && (await findFollowUp(tx, id))
  if (!followUp) throw known ? lost() : notFound('follow-up')
  return { followUp, draft }
}

async function save(tx: Sql, followUp: FollowUp): Promise<FollowUp> {
  if (!(await saveFollowUp(tx, followUp))) throw lost()
  return { ...followUp, version: followUp.version + 1 }
}

function lost(): AppError {
  return new AppError('CONFLICT', 'The goods are not held any more. Please try again.', {
    details: { reason: 'follow_up_lost' },
  })
}
