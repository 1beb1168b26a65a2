/** HTML whose every value has been escaped. */
export type Html = { readonly html: string }

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A template whose values are escaped; only other templates and lists of them go in as they are. */
export function html(
  parts: TemplateStringsArray,
  ...values: (string | number | Html | readonly Html[])[]
): Html {
  const written = parts.map(
    (part, index) => `${part}${index < values.length ? write(values[index] ?? '') : ''}`,
  )
  return { html: written.join('') }
}

export const nothing: Html = { html: '' }

function write(value: string | number | Html | readonly Html[]): string {
  if (typeof value === 'object') return 'html' in value ? value.html : value.map((item) => item.html).join('')
  return String(value).replace(/[&<>"']/g, (character) => escapes[character] ?? '')
}

/** Text on one line: line breaks and other control characters become spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
}
