/** Colour families in the order of a paint card, with a tone to show for each. */
export const familyTones: Readonly<Record<string, string>> = {
  white: '#f3efe6',
  beige: '#d8c7a8',
  yellow: '#d3a441',
  orange: '#c9743c',
  red: '#a4472f',
  pink: '#d9a39a',
  purple: '#6d4a63',
  blue: '#3f6b8c',
  green: '#5b7355',
  wood: '#a9794b',
  metal: '#b8975a',
  grey: '#8b8a87',
  black: '#2a2826',
  clear: '#dfe6e4',
}

const order = Object.keys(familyTones)

/** The same place for the same colour, however many products have it. */
export function inPaintOrder<T extends { slug: string }>(families: readonly T[]): T[] {
  const place = ({ slug }: T) => (order.includes(slug) ? order.indexOf(slug) : order.length)
  return families.toSorted((a, b) => place(a) - place(b))
}
