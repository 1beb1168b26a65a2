import type { Metadata } from 'next'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { ProsePage } from '../prose-page.tsx'

export const metadata: Metadata = { title: 'Shipping and returns' }

/** Says only what the shop does by itself; terms of business are for whoever runs it. */
export default function ShippingPage() {
  return (
    <ProsePage title="Shipping and returns">
      <h2>Shipping</h2>
      <p>
        The ways to ship your order, how long each takes and what it costs are shown at checkout, before you
        pay. All prices include tax; the tax in your total depends on the country it goes to.
      </p>
      <p>
        You get an e-mail when your order is confirmed and another one, with its tracking, for each parcel
        that leaves.
      </p>
      <h2>Following an order</h2>
      <p>
        Every order has a page that changes by itself as the order goes on. With an account you find it under{' '}
        <Link href={paths.accountOrders()} className="link">
          your orders
        </Link>
        ; as a guest, through the link in your confirmation e-mail.
      </p>
      <h2>Changing your mind</h2>
      <p>
        You can cancel an order on its page until it is shipped. What you paid goes back the way it came, and
        what was held for you can be bought by others again.
      </p>
      <h2>Sending something back</h2>
      <p>
        After delivery, the order’s page says until when you can return things and lets you ask for it. We
        answer by e-mail, and the page shows when your parcel has arrived and when your money went back.
      </p>
      <h2>Paying</h2>
      <p>
        Card details are entered with the payment provider, in its own fields or on its own page, and never
        reach us. With UPI, netbanking or a wallet you approve the payment there and come back. With cash on
        delivery you pay the carrier.
      </p>
      <p>
        If something goes wrong while you pay, look at the order’s page first: it says whether anything was
        charged. The same order is never charged twice.
      </p>
    </ProsePage>
  )
}
