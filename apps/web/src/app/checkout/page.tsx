import type { Metadata } from 'next'
import Link from 'next/link'
import { getSession } from '../../data/session.ts'
import { paths } from '../../paths.ts'
import { Checkout } from './checkout.tsx'

export const metadata: Metadata = { title: 'Checkout', robots: { index: false } }

export default async function CheckoutPage() {
  const session = await getSession()
  return (
    <div className="page pt-8 md:pt-12">
      <h1 className="display mb-2 text-3xl md:text-4xl">Checkout</h1>
      <p className="mb-8 text-ink-soft">
        {session ? (
          `Signed in as ${session.user.email}.`
        ) : (
          <>
            You can order as a guest, or{' '}
            <Link href={paths.signIn(paths.checkout())} className="link">
              sign in
            </Link>{' '}
            to use your addresses and keep the order in your account.
          </>
        )}
      </p>
      <Checkout />
    </div>
  )
}
