import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./styles.css', import.meta.url), 'utf8')
type Colour = [lightness: number, chroma: number, hue: number]

function tokens(theme: 'light' | 'dark'): Record<string, Colour> {
  const colour = 'oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)\\)'
  const pairs = css.matchAll(new RegExp(`--([a-z-]+): light-dark\\(${colour}, ${colour}\\)`, 'g'))
  return Object.fromEntries(
    Array.from(pairs, ([, name, ...numbers]) => {
      const [a, b, c] = numbers.map(Number).slice(theme === 'light' ? 0 : 3)
      return [name, [a, b, c] as Colour]
    }),
  )
}

/** Relative luminance (WCAG) of an OKLCH colour, through linear sRGB. */
function luminance([lightness, chroma, hue]: Colour): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clamp = (value: number) => Math.min(1, Math.max(0, value))
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const textPairs = [
  ...['ink', 'ink-soft', 'accent-strong', 'positive', 'warning', 'danger'].flatMap((text) =>
    ['paper', 'surface', 'raised'].map((ground) => [text, ground] as const),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['ink', 'danger-soft'],
  ['ink', 'positive-soft'],
  ['ink', 'warning-soft'],
  ['accent-strong', 'accent-soft'],
  ['positive', 'positive-soft'],
  ['warning', 'warning-soft'],
  ['danger', 'danger-soft'],
] as const
const partPairs = ['edge', 'accent', 'focus', 'positive', 'warning', 'danger'].flatMap((part) =>
  ['paper', 'surface', 'raised'].map((ground) => [part, ground] as const),
)

describe.each(['light', 'dark'] as const)('the %s colours', (theme) => {
  const colours = tokens(theme)
  const contrast = (one: string, other: string) => {
    const [first, second] = [colours[one], colours[other]]
    if (!first || !second) throw new Error(`There is no token ${first ? other : one}`)
    const [light, dark] = [luminance(first), luminance(second)].sort((x, y) => y - x) as [number, number]
    return (light + 0.05) / (dark + 0.05)
  }

  it.each(textPairs)('%s can be read on %s', (text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
  })
  it.each(partPairs)('%s can be made out on %s', (part, ground) => {
    expect(contrast(part, ground)).toBeGreaterThanOrEqual(3)
  })
})
