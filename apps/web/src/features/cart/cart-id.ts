const cookieName = 'souk-cart'
const lifeSeconds = 60 * 24 * 3600

/** A guest's cart is known by its id alone. A cookie, so that it is there in every tab and on the server. */
export function readCartId(): string | undefined {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${cookieName}=`))
  const id = found?.slice(cookieName.length + 1)
  return id && /^[0-9a-f-]{36}$/.test(id) ? id : undefined
}

export function keepCartId(id: string): void {
  write(id, lifeSeconds)
}

export function forgetCartId(): void {
  write('', 0)
}

function write(value: string, maxAgeSeconds: number): void {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: Cookie Store is missing in browsers we support
  document.cookie = `${cookieName}=${value}; path=/; max-age=${maxAgeSeconds}; samesite=lax${secure}`
}
