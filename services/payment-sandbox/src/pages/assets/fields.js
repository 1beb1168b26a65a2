// Runs in the provider's own origin: the page around it never sees a card number, only a token.
const form = document.getElementById('fields')
const inputs = { number: field('number'), expiry: field('expiry'), cvc: field('cvc') }
const formError = document.getElementById('form-error')
const brandLabel = document.getElementById('brand')
const shopOrigin = form.dataset.origin
const shop = window.opener ?? (window.parent === window ? null : window.parent)
const isEmbedded = window.parent !== window

const brands = [
  { name: 'Visa', starts: /^4/, lengths: [13, 16, 19], cvc: 3 },
  { name: 'Mastercard', starts: /^(5[1-5]|2[2-7])/, lengths: [16], cvc: 3 },
  { name: 'Amex', starts: /^3[47]/, lengths: [15], cvc: 4 },
]
const otherBrand = { name: '', lengths: [13, 14, 15, 16, 17, 18, 19], cvc: 3 }

function field(name) {
  const input = form.elements.namedItem(name)
  return { input, error: document.getElementById(`${name}-error`), wasLeft: false }
}

const digitsOf = (text) => text.replace(/\D/g, '')
const brandOf = (digits) => brands.find((brand) => brand.starts.test(digits)) ?? otherBrand

function groupNumber(digits) {
  const groups = brandOf(digits).name === 'Amex' ? [4, 6, 5] : [4, 4, 4, 4, 3]
  const parts = []
  let rest = digits
  for (const size of groups) {
    if (rest === '') break
    parts.push(rest.slice(0, size))
    rest = rest.slice(size)
  }
  return parts.join(' ')
}

function groupExpiry(digits) {
  const padded = /^[2-9]/.test(digits) ? `0${digits}` : digits
  return padded.length > 2 ? `${padded.slice(0, 2)} / ${padded.slice(2)}` : padded
}

/** Keeps the caret behind the digit that was just typed. */
function reformat(input, group, maxDigits) {
  const before = digitsOf(input.value.slice(0, input.selectionStart ?? input.value.length)).length
  const wasAtEnd = input.selectionStart === input.value.length
  input.value = group(digitsOf(input.value).slice(0, maxDigits))
  if (wasAtEnd) return
  let position = 0
  for (let seen = 0; seen < before && position < input.value.length; position += 1) {
    if (/\d/.test(input.value[position])) seen += 1
  }
  input.setSelectionRange(position, position)
}

function passesLuhn(digits) {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    let digit = Number(digits[digits.length - 1 - index])
    if (index % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2
    sum += digit
  }
  return sum % 10 === 0
}

function readExpiry() {
  const digits = digitsOf(inputs.expiry.input.value)
  if (digits.length !== 4 && digits.length !== 6) return null
  const month = Number(digits.slice(0, 2))
  const year = digits.length === 4 ? 2000 + Number(digits.slice(2)) : Number(digits.slice(2))
  return month >= 1 && month <= 12 ? { month, year } : null
}

const problems = {
  number() {
    const digits = digitsOf(inputs.number.input.value)
    if (digits === '') return 'Enter the card number.'
    if (!brandOf(digits).lengths.includes(digits.length)) return 'The card number is not complete.'
    return passesLuhn(digits) ? '' : 'Check the card number: a digit is wrong.'
  },
  expiry() {
    if (digitsOf(inputs.expiry.input.value) === '') return 'Enter the expiry date.'
    const expiry = readExpiry()
    if (!expiry) return 'Enter the month and year, such as 04 / 29.'
    const now = new Date()
    const isPast = expiry.year * 12 + expiry.month < now.getFullYear() * 12 + now.getMonth() + 1
    if (isPast) return 'This card has expired.'
    return expiry.year > now.getFullYear() + 30 ? 'Check the expiry year.' : ''
  },
  cvc() {
    const wanted = brandOf(digitsOf(inputs.number.input.value)).cvc
    const digits = digitsOf(inputs.cvc.input.value)
    if (digits === '') return 'Enter the security code.'
    return digits.length === wanted ? '' : `The security code has ${wanted} digits.`
  },
}

function show(name, message) {
  const { input, error } = inputs[name]
  error.textContent = message
  error.hidden = message === ''
  if (message) input.setAttribute('aria-invalid', 'true')
  else input.removeAttribute('aria-invalid')
}

const isComplete = () => Object.keys(inputs).every((name) => problems[name]() === '')

function tell(message) {
  shop?.postMessage(message, shopOrigin)
}

function changed() {
  const digits = digitsOf(inputs.number.input.value)
  const brand = brandOf(digits).name
  if (brandLabel.textContent !== brand) brandLabel.textContent = brand
  formError.hidden = true
  tell({ type: 'souk.fields.change', isComplete: isComplete(), brand: brand || null })
}

function validateAll() {
  const errors = Object.keys(inputs)
    .map((name) => ({ field: name, message: problems[name]() }))
    .filter(({ message }) => message !== '')
  for (const name of Object.keys(inputs)) {
    inputs[name].wasLeft = true
    show(name, problems[name]())
  }
  inputs[errors[0]?.field]?.input.focus()
  return errors
}

function lastFour() {
  return digitsOf(inputs.number.input.value).slice(-4)
}

async function tokenize(id) {
  const errors = validateAll()
  if (errors.length > 0) return tell({ type: 'souk.fields.invalid', id, errors })
  const expiry = readExpiry()
  const card = { brand: brandOf(digitsOf(inputs.number.input.value)).name || null, last4: lastFour() }
  try {
    const response = await fetch('/fields/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        number: digitsOf(inputs.number.input.value),
        expiryMonth: expiry.month,
        expiryYear: expiry.year,
        cvc: digitsOf(inputs.cvc.input.value),
      }),
      signal: AbortSignal.timeout(10_000),
    })
    const answer = await response.json()
    if (response.ok) return succeeded(id, answer.token, card)
    fail(id, answer.error?.field ?? 'number', answer.error?.message ?? 'The card could not be read.')
  } catch {
    fail(id, 'form', 'The payment provider does not answer. Nothing was paid. Please try again.')
  }
}

function succeeded(id, token, card) {
  tell({ type: 'souk.fields.token', id, token, card })
  if (shop) return
  const outcome = document.getElementById('outcome')
  outcome.textContent = `Token: ${token}`
  outcome.hidden = false
}

function fail(id, name, message) {
  if (inputs[name]) show(name, message)
  else {
    formError.textContent = message
    formError.hidden = false
  }
  tell({ type: 'souk.fields.invalid', id, errors: [{ field: name, message }] })
}

const limits = {
  number: () => reformat(inputs.number.input, groupNumber, 19),
  expiry: () => reformat(inputs.expiry.input, groupExpiry, 6),
  cvc: () => reformat(inputs.cvc.input, (digits) => digits, 4),
}
for (const [name, { input }] of Object.entries(inputs)) {
  input.addEventListener('input', () => {
    limits[name]()
    if (inputs[name].wasLeft) show(name, problems[name]())
    changed()
  })
  input.addEventListener('blur', () => {
    if (input.value === '') return
    inputs[name].wasLeft = true
    show(name, problems[name]())
  })
}

form.querySelector('.cards').addEventListener('click', (event) => {
  const chosen = event.target.closest('button')?.dataset.number
  if (!chosen) return
  inputs.number.input.value = groupNumber(chosen)
  inputs.expiry.input.value = groupExpiry(`12${(new Date().getFullYear() + 3) % 100}`)
  inputs.cvc.input.value = '1234'.slice(0, brandOf(chosen).cvc)
  for (const name of Object.keys(inputs)) show(name, '')
  event.target.closest('details').open = false
  inputs.number.input.focus()
  changed()
})

let submissions = 0
form.addEventListener('submit', (event) => {
  event.preventDefault()
  // Enter inside the frame means the same as the shop's own pay button.
  if (isEmbedded) return tell({ type: 'souk.fields.submit' })
  submissions += 1
  void tokenize(`own-${submissions}`)
})

window.addEventListener('message', (event) => {
  if (event.origin !== shopOrigin || event.source !== shop) return
  const message = event.data
  if (message?.type === 'souk.fields.tokenize' && typeof message.id === 'string') void tokenize(message.id)
  if (message?.type === 'souk.fields.focus') inputs.number.input.focus()
  if (message?.type === 'souk.fields.theme' && ['light', 'dark'].includes(message.theme)) {
    document.documentElement.dataset.theme = message.theme
  }
})

if (!isEmbedded) document.getElementById('submit').hidden = false
const height = () => Math.ceil(form.getBoundingClientRect().height)
new ResizeObserver(() => tell({ type: 'souk.fields.resize', height: height() })).observe(form)
tell({ type: 'souk.fields.ready', height: height() })
