import type { Metadata } from 'next'
import { ProsePage } from '../prose-page.tsx'

export const metadata: Metadata = { title: 'Privacy' }

export default function PrivacyPage() {
  return (
    <ProsePage title="Privacy">
      <p>
        This page says what this shop’s software keeps and why. It loads nothing from other companies but the
        payment provider’s fields at checkout, and it does not follow you around.
      </p>
      <h2>What is kept</h2>
      <ul>
        <li>Your orders: what you bought, your e-mail address and the address it goes to.</li>
        <li>
          Your account, if you make one: name, e-mail address, saved addresses and a hash of your password.
        </li>
        <li>Your cart, under a number that only your browser knows until you sign in.</li>
      </ul>
      <h2>What is not kept</h2>
      <ul>
        <li>Card numbers. They go from the provider’s fields to the provider.</li>
        <li>Your password. It cannot be read back from its hash.</li>
      </ul>
      <h2>Cookies</h2>
      <ul>
        <li>souk-web.session-token: that you are signed in, for seven days without a visit.</li>
        <li>souk-web.csrf-token and souk-web.callback-url: protect and finish signing in.</li>
        <li>souk-cart: the number of your cart, for 60 days.</li>
        <li>souk-order-…: a guest’s key to one order, for 90 days, on this device only.</li>
        <li>souk-theme: light or dark, if you chose one.</li>
      </ul>
    </ProsePage>
  )
}
