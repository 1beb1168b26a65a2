'use server'

import { PlaceDraft } from '@souk/order/contract'
import { type PlaceDraftAnswer, placeDraft } from '../../../data/drafts.ts'

export async function place(input: unknown): Promise<PlaceDraftAnswer> {
  const read = PlaceDraft.omit({ draftToken: true }).safeParse(input)
  if (!read.success) return { status: 'failed', message: 'Some fields are not right.' }
  return await placeDraft(read.data)
}
