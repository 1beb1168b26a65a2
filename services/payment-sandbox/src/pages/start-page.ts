import { testCards, upiIds } from '../charge/methods.ts'
import { escapeHtml, page } from './html.ts'

const upiSays: Record<keyof typeof upiIds, string> = {
  'success@souk': 'Approved by itself after a moment',
  'failure@souk': 'Refused at once',
  'pending@souk': 'Waits for its approval page, five minutes at most. So does any other UPI id',
}

/** What the provider is, for somebody who opens its address. */
export function startPage(): string {
  const cards = testCards
    .map(
      (card) =>
        `<tr><td class="digits">${card.number.replace(/(.{4})(?=.)/g, '$1 ')}</td><td><code>${card.token}</code></td><td>${escapeHtml(card.says)}</td></tr>`,
    )
    .join('')
  const ids = Object.keys(upiIds)
    .map((id) => `<tr><td><code>${escapeHtml(id)}</code></td><td>${escapeHtml(upiSays[id] ?? '')}</td></tr>`)
    .join('')
  return page({
    title: 'Payment sandbox',
    variant: 'page wide',
    body: `<main class="sheet">
<h1>Payment sandbox</h1>
<p>A payment provider for trying the shop out. It behaves as a real one does and moves no money. Any expiry date
in the future and any security code will do.</p>
<h2>Cards</h2>
<table><thead><tr><th>Number</th><th>Token</th><th>What happens</th></tr></thead><tbody>${cards}</tbody></table>
<h2>UPI</h2>
<table><thead><tr><th>UPI id</th><th>What happens</th></tr></thead><tbody>${ids}</tbody></table>
</main>`,
  })
}
