import { notFound } from '@souk/kernel/errors'
import type { z } from 'zod'
import type { PaymentContext } from '../context.ts'
import type { JournalEntry } from '../contract.ts'
import { readJournal } from './journal-store.ts'

/** What moved, in double entry, oldest first. */
export async function getJournal(
  ctx: PaymentContext,
  input: { id: string },
): Promise<{ items: z.infer<typeof JournalEntry>[] }> {
  const items = await readJournal(ctx.db, input.id)
  if (!items) throw notFound('payment')
  return { items }
}
