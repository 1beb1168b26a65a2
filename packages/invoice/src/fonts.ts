import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'
import { unpackWoff } from './unpack-woff.ts'

type Face = { name: string; bytes: Buffer; font: Font }
export type Weight = 'regular' | 'strong'
export type Run = { face: string; text: string }

const locate = createRequire(import.meta.url)
const brand = '@fontsource/instrument-sans/files/instrument-sans'
/** The house's own letters first; DejaVu for names in other scripts. */
const files: Record<Weight, readonly string[]> = {
  regular: [
    `${brand}-latin-400-normal.woff`,
    `${brand}-latin-ext-400-normal.woff`,
    'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  ],
  strong: [
    `${brand}-latin-600-normal.woff`,
    `${brand}-latin-ext-600-normal.woff`,
    'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
  ],
}

let loaded: Record<Weight, Face[]> | undefined

/** Read once, at the first document: a process that never makes one pays nothing. */
export function faces(): Record<Weight, Face[]> {
  loaded ??= { regular: load('regular'), strong: load('strong') }
  return loaded
}

function load(weight: Weight): Face[] {
  return files[weight].map((file, index) => {
    const stored = readFileSync(locate.resolve(file))
    const bytes = file.endsWith('.woff') ? unpackWoff(stored) : stored
    const font = create(bytes)
    if (!('hasGlyphForCodePoint' in font)) throw new Error(`${file} holds more than one font`)
    return { name: `${weight}-${index}`, bytes, font }
  })
}

const covers = ({ font }: Face, character: string) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)

/**
 * Splits text by the font that can show it. A text with one foreign letter is shown in the fallback as a
 * whole, because a word in two designs reads worse than a line in the second one.
 */
export function runsOf(text: string, weight: Weight): Run[] {
  const all = faces()[weight]
  const fallback = all.at(-1)
  const own = all.slice(0, -1)
  const characters = [...text]
  if (fallback && !characters.every((character) => own.some((face) => covers(face, character)))) {
    return [{ face: fallback.name, text }]
  }
  const runs: Run[] = []
  for (const character of characters) {
    const face = own.find((each) => covers(each, character))?.name ?? fallback?.name ?? ''
    const last = runs.at(-1)
    if (last?.face === face) last.text += character
    else runs.push({ face, text: character })
  }
  return runs
}

/** One line without control characters or marks that turn the direction of what follows. */
export function clean(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '')
    .trim()
}
