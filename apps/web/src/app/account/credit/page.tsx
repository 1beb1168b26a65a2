import { formatMoney } from '@souk/kernel/format-money'
import { EmptyState } from '@souk/ui/empty-state'
import type { Metadata } from 'next'
import { readStoreCredit } from '../../../data/account.ts'
import { CreditHistory } from '../../../features/account/credit-history.tsx'

export const metadata: Metadata = { title: 'Store credit', robots: { index: false } }

export default async function StoreCreditPage() {
  const { balance, entries } = await readStoreCredit()
  return (
    <div className="max-w-3xl">
      <h1 className="display mb-8 text-3xl">Store credit</h1>
      {entries.length === 0 ? (
        <EmptyState title="No store credit yet" className="py-0">
          When we give you something back as credit, it is here, and you can pay with it at the checkout.
        </EmptyState>
      ) : (
        <>
          <p className="mb-8">
            You have <strong className="figures font-medium text-xl">{formatMoney(balance)}</strong>. Choose
            it at the checkout to pay with it.
          </p>
          <CreditHistory entries={entries} />
        </>
      )}
    </div>
  )
}
