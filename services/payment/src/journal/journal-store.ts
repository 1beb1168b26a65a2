import type { PaymentDatabase } from '@souk/db/payment'
import type { z } from 'zod'
import type { JournalEntry } from '../contract.ts'

type Entry = z.infer<typeof JournalEntry>

/** Nothing when there is no such payment. */
export async function readJournal(db: PaymentDatabase, paymentId: string): Promise<Entry[] | undefined> {
  const payment = await db.prisma.payment.findUnique({
    where: { id: paymentId },
    select: {
      entries: { orderBy: { id: 'asc' }, include: { postings: { orderBy: { line: 'asc' } } } },
    },
  })
  return payment?.entries.map((entry) => ({
    id: entry.id,
    paymentId: entry.paymentId,
    kind: entry.kind,
    postings: entry.postings.map((posting) => ({
      account: posting.account as Entry['postings'][number]['account'],
      debitMinor: Number(posting.debitMinor),
      creditMinor: Number(posting.creditMinor),
    })),
    createdAt: entry.createdAt.toISOString(),
  }))
}
