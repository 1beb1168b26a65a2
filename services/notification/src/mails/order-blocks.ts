import type { EventData } from '@souk/events/catalog'
import { type Currency, formatMoney, money } from '@souk/kernel/money'
import type { Block } from './blocks.ts'
import { heading } from './blocks.ts'
import { type Html, html, nothing, oneLine } from './html.ts'
import { light, sans, serif, tile } from './theme.ts'

export type OrderForMail = EventData<'order.confirmed'>
type Line = OrderForMail['lines'][number]

/** Enough to recognise the order; a mail of a hundred pictures would be cut off by mail programs. */
const linesShown = 20
const pictureSize = 72

export function orderLines(
  { lines, totals }: Pick<OrderForMail, 'lines'> & { totals: Pick<OrderForMail['totals'], 'currency'> },
  label = 'Your order',
): Block {
  const shown = lines.slice(0, linesShown)
  const hidden = lines.length - shown.length
  const more = hidden === 0 ? '' : `and ${hidden} more ${hidden === 1 ? 'product' : 'products'}`
  const last =
    more === ''
      ? nothing
      : html`<tr><td class="t-ink-soft l-line" colspan="3" style="padding:14px 0;border-top:1px solid ${light('line')};font-family:${sans};font-size:15px;line-height:22px;color:${light('ink-soft')}">${more}</td></tr>`
  return {
    html: html`${heading(label)}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${shown.map((line) => lineRow(line, totals.currency))}${last}</table>`,
    text: [
      label,
      ...shown.map((line) => lineText(line, totals.currency)),
      ...(more === '' ? [] : [more]),
    ].join('\n\n'),
  }
}

function lineRow(line: Line, currency: Currency): Html {
  const border = `border-top:1px solid ${light('line')};`
  const small = `margin:2px 0 0;font-family:${sans};font-size:14px;line-height:20px;color:${light('ink-soft')}`
  return html`<tr><td class="l-line" width="${pictureSize}" valign="top" style="padding:14px 16px 14px 0;${border}">${picture(line)}</td><td class="l-line" valign="top" style="padding:14px 12px 14px 0;${border}"><p class="t-ink" style="margin:0;font-family:${serif};font-size:18px;line-height:24px;color:${light('ink')}">${oneLine(line.name)}</p><p class="t-ink-soft" style="${small}">${oneLine(line.optionsLabel)}</p><p class="t-ink-soft" style="${small}">${quantityOf(line, currency)}</p>${laterText(line) === '' ? nothing : html`<p class="t-ink" style="margin:2px 0 0;font-family:${sans};font-size:14px;line-height:20px;color:${light('ink')}">${laterText(line)}</p>`}</td><td class="t-ink l-line" valign="top" align="right" style="padding:16px 0 14px;${border}font-family:${sans};font-size:16px;line-height:22px;color:${light('ink')};white-space:nowrap;font-variant-numeric:tabular-nums">${show(line.totalMinor, currency)}</td></tr>`
}

function picture({ imageUrl, name }: Line): Html {
  const box = `display:block;width:${pictureSize}px;height:${pictureSize}px;background-color:${tile}`
  if (imageUrl === null || !/^https?:\/\//.test(imageUrl)) return html`<div style="${box}">&nbsp;</div>`
  const alt = `font-family:${sans};font-size:11px;line-height:14px;color:#1f1915`
  return html`<img src="${imageUrl}" width="${pictureSize}" height="${pictureSize}" alt="${oneLine(name)}" style="${box};border:0;${alt}">`
}

function quantityOf({ quantity, unitPriceMinor }: Line, currency: Currency): string {
  return quantity === 1 ? 'Quantity 1' : `Quantity ${quantity}, ${show(unitPriceMinor, currency)} each`
}

function lineText(line: Line, currency: Currency): string {
  const options = oneLine(line.optionsLabel)
  const name = `${oneLine(line.name)}${options === '' ? '' : `, ${options}`}`
  const later = laterText(line)
  const price = `${line.quantity} x ${show(line.unitPriceMinor, currency)} = ${show(line.totalMinor, currency)}`
  return `${name}\n${price}${later === '' ? '' : `\n${later}`}`
}

/** `Ships later, expected 3 December 2026.`, or nothing for what is in stock. */
function laterText({ quantity, shipsLater = 0, expectedOn = null }: Line): string {
  if (shipsLater === 0) return ''
  const who = shipsLater < quantity ? `${shipsLater} of them ship later` : 'Ships later'
  return expectedOn === null ? `${who}.` : `${who}, expected ${day.format(new Date(expectedOn))}.`
}

const day = new Intl.DateTimeFormat('en-IE', { dateStyle: 'long', timeZone: 'UTC' })

export function orderTotals({ totals }: Pick<OrderForMail, 'totals'>): Block {
  const { currency } = totals
  const rows: [string, string][] = [
    ['Subtotal', show(totals.subtotalMinor, currency)],
    ...(totals.discountMinor === 0
      ? []
      : [['Discount', `−${show(totals.discountMinor, currency)}`] as [string, string]]),
    ['Shipping', totals.shippingMinor === 0 ? 'Free' : show(totals.shippingMinor, currency)],
  ]
  const total = show(totals.totalMinor, currency)
  const tax = `Includes ${show(totals.taxMinor, currency)} tax`
  const text = `font-family:${sans};font-size:15px;line-height:22px;`
  const strong = `padding:12px 0 0;font-family:${sans};font-size:18px;line-height:24px;font-weight:600;color:${light('ink')}`
  const lines = rows.map(
    ([label, value]) =>
      html`<tr><td class="t-ink-soft" style="padding:3px 0;${text}color:${light('ink-soft')}">${label}</td><td class="t-ink" align="right" style="padding:3px 0;${text}color:${light('ink')}">${value}</td></tr>`,
  )
  return {
    html: html`<table role="presentation" class="l-line" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-top:1px solid ${light('line')};font-variant-numeric:tabular-nums"><tr><td colspan="2" style="font-size:0;line-height:0;height:12px">&nbsp;</td></tr>${lines}<tr><td class="t-ink" style="${strong}">Total</td><td class="t-ink" align="right" style="${strong}">${total}</td></tr><tr><td class="t-ink-soft" colspan="2" align="right" style="padding-top:2px;font-family:${sans};font-size:14px;line-height:20px;color:${light('ink-soft')}">${tax}</td></tr></table>`,
    text:
      [...rows, ['Total', total] as const].map(([label, value]) => `${label.padEnd(12)}${value}`).join('\n') +
      `\n${tax}`,
  }
}

/** Where it goes, for orders that say so. */
export function deliveryAddress({ shippingAddress: address }: OrderForMail): Block[] {
  if (!address) return []
  const lines = [
    address.name,
    address.line1,
    ...(address.line2 === undefined ? [] : [address.line2]),
    `${address.postalCode} ${address.city}`,
    ...(address.region === undefined ? [] : [address.region]),
    countryName(address.country),
  ].map(oneLine)
  const style = `margin:0;font-family:${sans};font-size:15px;line-height:23px;color:${light('ink')}`
  return [
    {
      html: html`${heading('Delivery address')}<p class="t-ink" style="${style}">${lines.map((line) => html`${line}<br>`)}</p>`,
      text: ['Delivery address', ...lines].join('\n'),
    },
  ]
}

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

function countryName(code: string): string {
  return countries.of(code) ?? code
}

export function show(amountMinor: number, currency: Currency): string {
  return formatMoney(money(amountMinor, currency))
}
