import { testCards } from '../charge/methods.ts'
import { escapeHtml, page } from './html.ts'

type Field = {
  name: string
  label: string
  placeholder: string
  autocomplete: string
  maxLength: number
}

const number: Field = {
  name: 'number',
  label: 'Card number',
  placeholder: '1234 5678 9012 3456',
  autocomplete: 'cc-number',
  maxLength: 23,
}
const expiry: Field = {
  name: 'expiry',
  label: 'Expiry',
  placeholder: 'MM / YY',
  autocomplete: 'cc-exp',
  maxLength: 9,
}
const cvc: Field = {
  name: 'cvc',
  label: 'Security code',
  placeholder: '123',
  autocomplete: 'cc-csc',
  maxLength: 4,
}

/** The hosted card fields. `origin` is the page that embeds them and alone may hear the token. */
export function fieldsPage(options: { origin: string; theme: 'light' | 'dark' | undefined }): string {
  const body = `<main><h1 class="visually-hidden">Card details</h1>
<form class="fields" id="fields" novalidate autocomplete="on" data-origin="${escapeHtml(options.origin)}">
  ${fieldHtml(number, '<span class="brand" id="brand" aria-live="polite"></span>')}
  <div class="pair">
    ${fieldHtml(expiry)}
    ${fieldHtml(cvc)}
  </div>
  <p class="error form-error" id="form-error" role="alert" hidden></p>
  <details class="cards">
    <summary>Test mode: real cards are refused. Choose a test card</summary>
    <ul>${testCards.map(cardHtml).join('')}</ul>
  </details>
  <button class="primary" id="submit" type="submit" hidden>Use this card</button>
  <output class="outcome" id="outcome" hidden></output>
</form></main>`
  return page({
    title: 'Card details',
    body,
    theme: options.theme,
    script: '/assets/fields.js',
    variant: 'embedded',
  })
}

function fieldHtml(field: Field, extra = ''): string {
  return `<div class="field">
    <label for="${field.name}">${field.label}</label>
    <div class="control">
      <input id="${field.name}" name="${field.name}" type="text" inputmode="numeric" required
        autocomplete="${field.autocomplete}" placeholder="${field.placeholder}" maxlength="${field.maxLength}"
        spellcheck="false" aria-describedby="${field.name}-error">
      ${extra}
    </div>
    <p class="error" id="${field.name}-error" hidden></p>
  </div>`
}

function cardHtml(card: (typeof testCards)[number]): string {
  const spaced = card.number.replace(/(.{4})(?=.)/g, '$1 ')
  return `<li><button type="button" data-number="${card.number}"><span class="digits">${spaced}</span><span class="says">${escapeHtml(card.says)}</span></button></li>`
}

export function refusedFieldsPage(): string {
  return page({
    title: 'Card details',
    body: `<main class="sheet"><h1>This page may not show card fields</h1>
<p>The address of the page around these fields is not on the list of shops that this provider knows. Add it to
<code>SANDBOX_FIELDS_ORIGINS</code> and try again.</p></main>`,
  })
}
