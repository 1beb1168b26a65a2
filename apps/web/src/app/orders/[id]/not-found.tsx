import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import Link from 'next/link'
import { getSession } from '../../../data/session.ts'
import { paths } from '../../../paths.ts'

/** Says nothing about whether the order exists, and how to get to one's own. */
export default async function OrderNotFound() {
  const session = await getSession()
  return (
    <div className="page">
      <EmptyState
        headingLevel="h1"
        title="We cannot show you this order"
        actions={
          session ? (
            <LinkButton component={Link} href={paths.accountOrders()}>
              See your orders
            </LinkButton>
          ) : (
            <LinkButton component={Link} href={paths.signIn(paths.accountOrders())}>
              Sign in
            </LinkButton>
          )
        }
      >
        {session
          ? 'It may belong to another account. If you ordered as a guest, open the link in your confirmation e-mail.'
          : 'If you ordered as a guest, open the link in your confirmation e-mail on this device. If you have an account, sign in to see your orders.'}
      </EmptyState>
    </div>
  )
}
