/** Text that is safe between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`)
}

export function formatAmount(amount: number, currency: string): string {
  const formatter = new Intl.NumberFormat('en-IE', { style: 'currency', currency })
  const digits = formatter.resolvedOptions().maximumFractionDigits ?? 2
  return formatter.format(amount / 10 ** digits)
}

export function page(options: {
  title: string
  body: string
  theme?: 'light' | 'dark' | undefined
  script?: string
  variant?: string
}): string {
  const theme = options.theme ? ` data-theme="${options.theme}"` : ''
  const script = options.script ? `<script type="module" src="${options.script}"></script>` : ''
  return `<!doctype html>
<html lang="en"${theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${options.theme ?? 'light dark'}">
<meta name="robots" content="noindex">
<title>${escapeHtml(options.title)}</title>
<link rel="preload" href="/assets/instrument-sans.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/assets/pages.css">
${script}
</head>
<body class="${options.variant ?? 'page'}">
${options.body}
</body>
</html>
`
}

/** Headers of every page of ours: nothing from elsewhere, shown only where `frameAncestors` says. */
export function pageHeaders(options: { frameAncestors?: readonly string[]; formAction?: readonly string[] }) {
  const list = (values: readonly string[] | undefined) => (values?.length ? values.join(' ') : "'none'")
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      `form-action ${list(options.formAction)}`,
      `frame-ancestors ${list(options.frameAncestors)}`,
    ].join('; '),
  }
}
