export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** A cookie and not localStorage, so that the server can write `data-theme` before the first paint. */
export const themeCookie = 'souk-theme'

export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}

/** For `<html data-theme>`: nothing when the device decides. */
export function themeAttribute(theme: Theme): 'light' | 'dark' | undefined {
  return theme === 'system' ? undefined : theme
}

export function readTheme(): Theme {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${themeCookie}=`))
  return parseTheme(found?.slice(themeCookie.length + 1))
}

export function applyTheme(theme: Theme): void {
  const attribute = themeAttribute(theme)
  if (attribute) document.documentElement.dataset.theme = attribute
  else delete document.documentElement.dataset.theme
  const yearSeconds = 365 * 24 * 3600
  // biome-ignore lint/suspicious/noDocumentCookie: Cookie Store is missing in browsers we support
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`
}
