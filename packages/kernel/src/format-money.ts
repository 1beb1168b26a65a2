/** For people, by locale: `48.00 €` or `€48.00`. Amounts on the wire stay integers. */
export function formatMoney(value: { amount: number; currency: string }, locale = 'en-IE'): string {
  const formatter = formatterOf(locale, value.currency)
  const digits = formatter.resolvedOptions().maximumFractionDigits ?? 2
  return formatter.format(value.amount / 10 ** digits)
}

const formatters = new Map<string, Intl.NumberFormat>()

/** Making one costs more than using it a hundred times. */
function formatterOf(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, { style: 'currency', currency })
  formatters.set(key, made)
  return made
}
