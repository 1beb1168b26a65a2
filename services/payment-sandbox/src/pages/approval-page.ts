import type { ActionKind, Charge } from '../charge/charge.ts'
import { escapeHtml, formatAmount, page } from './html.ts'

type Words = { bank: string; title: string; lead: string; approve: string; refuse: string }

const words: Record<ActionKind, Words> = {
  '3ds': {
    bank: 'Test bank',
    title: 'Is this you?',
    lead: 'Your bank asks you to confirm this card payment. Here you are the bank’s customer, so you decide.',
    approve: 'Confirm payment',
    refuse: 'Fail the check',
  },
  upi: {
    bank: 'Test UPI app',
    title: 'Payment request',
    lead: 'This page stands in for the UPI app on a phone. The shop waits for your answer.',
    approve: 'Approve',
    refuse: 'Decline',
  },
  netbanking: {
    bank: 'Test bank',
    title: 'Sign in to pay',
    lead: 'This page stands in for your bank’s own site. Nothing you type here is sent anywhere.',
    approve: 'Sign in and pay',
    refuse: 'Cancel payment',
  },
  wallet: {
    bank: 'Test wallet',
    title: 'Pay from your wallet',
    lead: 'This page stands in for the wallet’s own site, where you would sign in and confirm.',
    approve: 'Pay from wallet',
    refuse: 'Cancel payment',
  },
}

export function approvalPage(charge: Charge, kind: ActionKind, actionId: string): string {
  const text = words[kind]
  const facts = `<dl>
  <div><dt>To</dt><dd>${escapeHtml(new URL(charge.returnUrl).host)}</dd></div>
  <div><dt>${kind === 'netbanking' ? 'Bank' : 'With'}</dt><dd>${escapeHtml(charge.method.label)}</dd></div>
</dl>`
  const waiting = `<p>${text.lead}</p>
${facts}
<form method="post" class="answers">
${kind === 'netbanking' ? signInFields : ''}
  <button class="primary" formaction="/${kind}/${actionId}/approve">${text.approve}</button>
  <button class="quiet" formaction="/${kind}/${actionId}/decline">${text.refuse}</button>
</form>`
  const isOpen = charge.status === 'requires_action'
  const heading = isOpen ? text.title : outcomeOf(charge)
  return page({
    title: `${heading} · ${text.bank}`,
    body: `<main class="sheet">
<p class="bank">${text.bank}</p>
<h1>${heading}</h1>
<p class="amount">${formatAmount(charge.amount, charge.currency)}</p>
${isOpen ? waiting : facts + goBack(charge)}
</main>`,
  })
}

/** Without names, so that a form never carries them. */
const signInFields = `  <div class="field"><label for="customer">Customer id</label>
    <div class="control"><input id="customer" type="text" autocomplete="off" placeholder="Anything will do"></div></div>
  <div class="field"><label for="password">Password</label>
    <div class="control"><input id="password" type="password" autocomplete="off" placeholder="Anything will do"></div></div>
`

const outcomes: Record<Charge['status'], string> = {
  requires_action: 'Payment request',
  authorized: 'Payment approved',
  captured: 'Payment approved',
  declined: 'Payment declined',
  expired: 'This request has expired',
  voided: 'The shop cancelled this payment',
}
const outcomeOf = (charge: Charge) => outcomes[charge.status]

function goBack(charge: Charge): string {
  return `<p>You can close this page, or <a href="${escapeHtml(charge.returnUrl)}">go back to the shop</a>.</p>`
}

export function missingPage(): string {
  return page({
    title: 'Nothing here',
    body: `<main class="sheet"><h1>There is no such payment</h1>
<p>The address may be incomplete. Open it again from the shop’s order page.</p></main>`,
  })
}
