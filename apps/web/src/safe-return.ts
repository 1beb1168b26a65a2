/**
 * Where to go after signing in: a path of this shop and nothing else. Everything a browser could read as
 * another origin (`//host`, `/\host`, a scheme, control characters) falls back.
 */
export function safeReturn(value: string | string[] | undefined, fallback = '/'): string {
  if (typeof value !== 'string' || value.length > 2000) return fallback
  if (!value.startsWith('/') || value.startsWith('//')) return fallback
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them before they read the address
  if (/[\\\u0000-\u001f\u007f]/.test(value)) return fallback
  const base = 'http://shop.invalid'
  const url = URL.canParse(value, base) ? new URL(value, base) : undefined
  if (url?.origin !== base || url.pathname.startsWith('//')) return fallback
  const isLoop =
    url.pathname.startsWith('/api/') || url.pathname === '/sign-in' || url.pathname === '/register'
  return isLoop ? fallback : `${url.pathname}${url.search}${url.hash}`
}
