/** For people, by locale: `48.00 €` or `€48.00`. Amounts on the wire stay integers. */
export function formatMoney(value: { amount: number; currency: string }, locale = 'en-IE'): string {
  const formatter = new Intl.NumberFormat(locale, { style: 'currency', currency: value.currency })
  const digits = formatter.resolvedOptions().maximumFractionDigits ?? 2
  return formatter.format(value.amount / 10 ** digits)
}
