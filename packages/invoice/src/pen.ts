import { clean, faces, runsOf, type Weight } from './fonts.ts'

export type Style = { size: number; weight?: Weight; colour?: string; align?: 'start' | 'end' }

/** The house's colours on paper. */
export const colours = {
  ink: '#1f1915',
  soft: '#5d5751',
  line: '#d8d3ca',
  accent: '#b35713',
  paper: '#ffffff',
}

type Paper = PDFKit.PDFDocument

/** Draws and measures single lines of text on a PDF, each in the fonts that can show it. */
export function createPen(doc: Paper) {
  for (const list of Object.values(faces())) for (const { name, bytes } of list) doc.registerFont(name, bytes)

  // Given features make pdfkit shape a run as a whole, which scripts written from the right need.
  const options = { lineBreak: false, features: [] as PDFKit.Mixins.OpenTypeFeatures[] }

  function width(text: string, { size, weight = 'regular' }: Style): number {
    return runsOf(text, weight).reduce(
      (sum, run) => sum + doc.font(run.face).fontSize(size).widthOfString(run.text, options),
      0,
    )
  }

  function draw(text: string, x: number, y: number, style: Style): void {
    const line = clean(text)
    let left = style.align === 'end' ? x - width(line, style) : x
    doc.fillColor(style.colour ?? colours.ink)
    for (const { face, text: part } of runsOf(line, style.weight ?? 'regular')) {
      doc.font(face).fontSize(style.size)
      doc.text(part, left, y, { ...options, baseline: 'alphabetic' })
      left += doc.widthOfString(part, options)
    }
  }

  /** Breaks between words, and inside a word only when it is wider than the column. */
  function wrap(text: string, columnWidth: number, style: Style): string[] {
    const lines: string[] = []
    let line = ''
    const fits = (candidate: string) => width(candidate, style) <= columnWidth
    for (const word of clean(text).split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (fits(longer)) {
        line = longer
        continue
      }
      if (line !== '') lines.push(line)
      line = ''
      for (const character of word) {
        if (line !== '' && !fits(line + character)) {
          lines.push(line)
          line = ''
        }
        line += character
      }
    }
    return line === '' && lines.length > 0 ? lines : [...lines, line]
  }

  return {
    draw,
    wrap,
    rule: (x: number, y: number, length: number) => {
      doc
        .moveTo(x, y)
        .lineTo(x + length, y)
        .lineWidth(0.5)
        .strokeColor(colours.line)
        .stroke()
    },
    /** The arch of a market gate. */
    gate: (x: number, y: number) => {
      const arch = (left: number, top: number, wide: number, tall: number, colour: string) => {
        const r = wide / 2
        doc
          .moveTo(left, top + tall)
          .lineTo(left, top + r)
          .bezierCurveTo(left, top + r * 0.45, left + r * 0.45, top, left + r, top)
          .bezierCurveTo(left + r * 1.55, top, left + wide, top + r * 0.45, left + wide, top + r)
          .lineTo(left + wide, top + tall)
          .closePath()
          .fill(colour)
      }
      arch(x, y, 20, 23, colours.accent)
      arch(x + 6, y + 9, 8, 14, colours.paper)
    },
  }
}
export type Pen = ReturnType<typeof createPen>
