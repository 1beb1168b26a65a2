import 'server-only'
import { readSoukError } from '@souk/api/client-error'
import { isId } from '@souk/kernel/id'
import type { OfferedDraft, PlaceDraft, PlaceResult } from '@souk/order/contract'
import { cookies } from 'next/headers'
import { draftTokenCookie } from '../draft-token.ts'
import { gatewayFor } from './gateway.ts'
import { getSession } from './session.ts'

async function draftTokenOf(draftId: string): Promise<string | undefined> {
  return (await cookies()).get(draftTokenCookie(draftId))?.value
}

/** The draft that the link leads to; nothing for one that does not exist or whose key is missing. */
export async function findDraft(draftId: string): Promise<OfferedDraft | undefined> {
  const draftToken = await draftTokenOf(draftId)
  if (!isId(draftId) || !draftToken) return undefined
  try {
    return await (await gatewayFor()).draft.get.query({ id: draftId, draftToken })
  } catch (error) {
    const { code } = readSoukError(error)
    if (code === 'NOT_FOUND' || code === 'INVALID_INPUT') return undefined
    throw error
  }
}

export type PlaceDraftAnswer =
  | PlaceResult
  /** Nothing was ordered, and why. */
  | { status: 'failed'; message: string }
  /** No answer: the order may stand. Asking again is safe. */
  | { status: 'unknown' }

/** Orders the draft for whoever is signed in, or for a guest. The same draft never becomes two orders. */
export async function placeDraft(input: Omit<PlaceDraft, 'draftToken'>): Promise<PlaceDraftAnswer> {
  const [session, draftToken] = await Promise.all([getSession(), draftTokenOf(input.id)])
  try {
    const gateway = await gatewayFor(session?.accessToken)
    return await gateway.draft.place.mutate({ ...input, draftToken })
  } catch (error) {
    const { code, message } = readSoukError(error)
    return ['UNREACHABLE', 'UNAVAILABLE', 'INTERNAL'].includes(code)
      ? { status: 'unknown' }
      : { status: 'failed', message }
  }
}
