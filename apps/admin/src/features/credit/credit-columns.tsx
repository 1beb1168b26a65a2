import type { Credit, CreditEntry } from '@souk/payment/contract'
import type { Column } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import Link from 'next/link'
import { DateTime } from '../../frame/date-time.tsx'
import { moneyText } from '../../frame/format.ts'
import { paths } from '../../paths.ts'
import { creditName, creditStates, entryLabels } from './credit-words.ts'

export const creditColumns: readonly Column<Credit>[] = [
  {
    key: 'name',
    header: 'Card',
    isName: true,
    cell: (credit) => (
      <Link
        href={paths.giftCard(credit.id)}
        data-row-link
        className="block truncate font-medium after:absolute after:inset-0 hover:underline"
      >
        {creditName(credit)}
      </Link>
    ),
  },
  {
    key: 'note',
    header: 'For',
    phone: 'wide',
    className: 'sm:max-w-72',
    cell: (credit) => (
      <span className="block truncate">
        {[credit.recipientEmail, credit.note].filter(Boolean).join(', ') || '–'}
      </span>
    ),
  },
  {
    key: 'status',
    header: 'State',
    phone: 'start',
    cell: ({ status }) => <Status tone={creditStates[status].tone}>{creditStates[status].label}</Status>,
  },
  {
    key: 'balance',
    header: 'Balance',
    phone: 'aside',
    isEnd: true,
    cell: (credit) => <span className="figures">{moneyText(credit.balance)}</span>,
  },
  {
    key: 'at',
    header: 'Issued',
    phone: 'end',
    isEnd: true,
    cell: (credit) => <DateTime value={credit.createdAt} />,
  },
]

/** What an entry does to the balance; what is spent was taken off when it was held. */
const signs: Record<CreditEntry['kind'], string> = {
  issue: '+',
  release: '+',
  give_back: '+',
  hold: '−',
  expire: '−',
  void: '−',
  spend: '',
}

export const entryColumns: readonly Column<CreditEntry>[] = [
  { key: 'kind', header: 'What', isName: true, cell: (entry) => entryLabels[entry.kind] },
  {
    key: 'note',
    header: 'Why',
    phone: 'wide',
    cell: (entry) =>
      entry.orderId === null ? (
        (entry.note ?? '–')
      ) : (
        <>
          <Link href={paths.order(entry.orderId)} className="link">
            Order
          </Link>
          {entry.note ? `, ${entry.note}` : ''}
        </>
      ),
  },
  {
    key: 'amount',
    header: 'Amount',
    phone: 'aside',
    isEnd: true,
    cell: (entry) => (
      <span className="figures whitespace-nowrap">
        {signs[entry.kind]}
        {moneyText(entry.amount)}
      </span>
    ),
  },
  {
    key: 'after',
    header: 'Balance after',
    phone: 'start',
    isEnd: true,
    cell: (entry) => <span className="figures">{moneyText(entry.balanceAfter)}</span>,
  },
  {
    key: 'at',
    header: 'When',
    phone: 'end',
    isEnd: true,
    cell: (entry) => <DateTime value={entry.createdAt} />,
  },
]
