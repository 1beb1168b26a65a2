import { formatMoney, type Money } from '@souk/kernel/money'

/** Figures appear only after an answer has come, in the browser, so its own locale is there to ask. */
export function locale(): string {
  return typeof navigator === 'undefined' ? 'en-IE' : navigator.language
}

export function moneyText(value: Money): string {
  return formatMoney(value, locale())
}

export function minorText(amount: number, currency: Money['currency'] = 'EUR'): string {
  return formatMoney({ amount, currency }, locale())
}

export function numberText(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}

/** `+12` or `−3`, with a true minus sign. */
export function deltaText(value: number): string {
  return new Intl.NumberFormat(locale(), { signDisplay: 'exceptZero' }).format(value).replace('-', '\u2212')
}

export function dayText(date: string, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

export function timeText(iso: string): string {
  const moment = new Date(iso)
  const isThisYear = moment.getFullYear() === new Date().getFullYear()
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }
  const year: Intl.DateTimeFormatOptions = isThisYear ? {} : { year: 'numeric' }
  return new Intl.DateTimeFormat(locale(), { ...day, ...year, hour: '2-digit', minute: '2-digit' }).format(
    moment,
  )
}

/** The same moment for anybody anywhere: `2026-11-20 14:03:22 UTC`. */
export function utcText(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`
}

export function countText(count: number, one: string, many: string): string {
  return `${numberText(count)} ${count === 1 ? one : many}`
}
