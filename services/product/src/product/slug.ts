import { fingerprint } from './fingerprint.ts'

/** Letters that Unicode does not decompose. */
const transcriptions: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}
const codeForm = /^[a-z0-9]+(-[a-z0-9]+)*$/
const letterSize = /^(m|\d*x*[sl])$/

/** A text as it stands in an address: `Crème & Sugar` becomes `creme-sugar`; empty when nothing of it can. */
export function slugify(text: string, maxLength = 80): string {
  return text
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => transcriptions[letter] ?? '')
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength + 1)
    .replace(/^-+|-+$/g, '')
    .slice(0, maxLength)
    .replace(/-+$/, '')
}

/** The code of an option's value; a text in another script gets a stable one of its own. */
export function codeFor(text: string): string {
  return slugify(text, 60) || `v${fingerprint(text)}`
}

/** How a value reads when only its code was given: `sky-blue` is `Sky blue`, `xl` is `XL`. */
export function displayName(text: string): string {
  if (!codeForm.test(text)) return text
  if (letterSize.test(text)) return text.toUpperCase()
  const words = text.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The first of `base`, `base-2`, `base-3` … that is not taken. */
export function freeSlug(base: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`
    const candidate = `${base.slice(0, 80 - suffix.length).replace(/-+$/, '')}${suffix}`
    if (!taken.has(candidate)) return candidate
  }
}
