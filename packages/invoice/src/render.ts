import { formatMoney, money } from '@souk/kernel/money'
import PDFDocument from 'pdfkit'
import { createPen, type Pen, type Style } from './pen.ts'
import type { DocumentSnapshot } from './snapshot.ts'

const page = { width: 595.28, height: 841.89, margin: 56 }
const left = page.margin
const right = page.width - page.margin
const inner = right - left
/** Where the body of a page ends; the footer stands below. */
const bottom = page.height - 92
const columns = { quantity: right - 180, unit: right - 90, total: right }
const text = { size: 9.5 } as const
const small = { size: 8.5, colour: '#5d5751' } as const
const strong = { size: 9.5, weight: 'strong' } as const
const titles = { invoice: 'Invoice', credit_note: 'Credit note' } as const

/** Makes the A4 document of a snapshot: the same snapshot gives the same bytes, whenever it is asked for. */
export async function renderDocument(snapshot: DocumentSnapshot): Promise<Buffer> {
  const issuedAt = new Date(snapshot.issuedAt)
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: `${titles[snapshot.kind]} ${snapshot.number}`,
      Author: snapshot.seller.name,
      Creator: 'Souk',
      Producer: 'Souk',
      CreationDate: issuedAt,
      ModDate: issuedAt,
    },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  const pen = createPen(doc)
  writeBody({ doc, pen, snapshot })
  writeFooters({ doc, pen, snapshot })
  doc.end()
  await ended
  return Buffer.concat(chunks)
}

type Sheet = { doc: PDFKit.PDFDocument; pen: Pen; snapshot: DocumentSnapshot }

function writeBody(sheet: Sheet): void {
  sheet.doc.addPage()
  const y = writeTable(sheet, writeHead(sheet))
  writeTaxes(sheet, writeTotals(sheet, y))
}

function writeHead({ pen, snapshot }: Sheet): number {
  pen.gate(left, page.margin)
  pen.draw(snapshot.seller.name, left + 30, page.margin + 20, { size: 18, weight: 'strong' })
  pen.draw(titles[snapshot.kind], right, page.margin + 12, { size: 20, weight: 'strong', align: 'end' })
  pen.draw(snapshot.number, right, page.margin + 30, { ...text, align: 'end' })
  const top = page.margin + 76
  const column = inner / 3
  const { seller, buyer } = snapshot
  const from = [...seller.lines, ...(seller.taxId ? [`Tax number ${seller.taxId}`] : []), seller.email]
  const to = [...buyer.lines, buyer.email]
  const ends = [
    party(pen, left, top, column - 16, 'From', [seller.name, ...from]),
    party(pen, left + column, top, column - 16, 'To', [buyer.name, ...to]),
    facts(pen, left + column * 2, top, column, snapshot),
  ]
  return Math.max(...ends) + 22
}

function party(
  pen: Pen,
  x: number,
  top: number,
  width: number,
  label: string,
  lines: (string | null)[],
): number {
  pen.draw(label, x, top, small)
  let y = top + 15
  for (const [index, line] of lines.entries()) {
    if (line === null || line === '') continue
    const style: Style = index === 0 ? strong : text
    for (const part of pen.wrap(line, width, style)) {
      pen.draw(part, x, y, style)
      y += 13
    }
  }
  return y
}

function facts(pen: Pen, x: number, top: number, width: number, snapshot: DocumentSnapshot): number {
  const rows: [string, string][] = [
    [snapshot.kind === 'invoice' ? 'Invoice date' : 'Date', day(snapshot.issuedAt)],
    ['Order', snapshot.orderNumber],
    ['Ordered', day(snapshot.orderedAt)],
    ...(snapshot.invoiceNumber ? [['For invoice', snapshot.invoiceNumber] as [string, string]] : []),
  ]
  rows.forEach(([label, value], index) => {
    const y = top + index * 15
    pen.draw(label, x, y, small)
    pen.draw(value, x + width, y, { ...text, align: 'end' })
  })
  return top + rows.length * 15
}

function writeTable(sheet: Sheet, top: number): number {
  const { doc, pen, snapshot } = sheet
  let y = tableHead(pen, top)
  for (const line of snapshot.lines) {
    const names = pen.wrap(line.name, columns.quantity - left - 60, text)
    const details = line.detail === '' ? [] : pen.wrap(line.detail, columns.quantity - left - 60, small)
    const height = (names.length + details.length) * 13 + 9
    if (y + height > bottom) {
      doc.addPage()
      y = tableHead(pen, page.margin + 8)
    }
    pen.draw(String(line.quantity), columns.quantity, y + 13, { ...text, align: 'end' })
    pen.draw(show(line.unitPriceMinor, snapshot), columns.unit, y + 13, { ...text, align: 'end' })
    pen.draw(show(line.totalMinor, snapshot), columns.total, y + 13, { ...text, align: 'end' })
    for (const [index, part] of names.entries()) pen.draw(part, left, y + 13 + index * 13, text)
    for (const [index, part] of details.entries())
      pen.draw(part, left, y + 13 + (names.length + index) * 13, small)
    y += height
    pen.rule(left, y, inner)
  }
  return y
}

function tableHead(pen: Pen, y: number): number {
  pen.draw('Item', left, y, small)
  pen.draw('Quantity', columns.quantity, y, { ...small, align: 'end' })
  pen.draw('Unit price', columns.unit, y, { ...small, align: 'end' })
  pen.draw('Amount', columns.total, y, { ...small, align: 'end' })
  pen.rule(left, y + 7, inner)
  return y + 7
}

function writeTotals(sheet: Sheet, top: number): number {
  const { pen, snapshot } = sheet
  const rows: [string, string][] = [['Subtotal', show(snapshot.subtotalMinor, snapshot)]]
  if (snapshot.discountMinor > 0) rows.push(['Discount', `−${show(snapshot.discountMinor, snapshot)}`])
  // A part that is taken back says nothing of shipping.
  if (snapshot.kind === 'invoice' || snapshot.shippingMinor > 0)
    rows.push(['Shipping', show(snapshot.shippingMinor, snapshot)])
  if (isTaxAdded(snapshot)) rows.push(['Tax', show(snapshot.taxMinor, snapshot)])
  let y = roomFor(sheet, top, rows.length * 16 + 40)
  for (const [label, value] of rows) {
    y += 16
    pen.draw(label, columns.quantity - 30, y, small)
    pen.draw(value, right, y, { ...text, align: 'end' })
  }
  y += 10
  pen.rule(columns.quantity - 30, y, right - columns.quantity + 30)
  y += 17
  const label = snapshot.kind === 'invoice' ? 'Total' : 'Total credited'
  pen.draw(label, columns.quantity - 30, y, { size: 12, weight: 'strong' })
  pen.draw(show(snapshot.totalMinor, snapshot), right, y, { size: 12, weight: 'strong', align: 'end' })
  return y
}

/** Where prices are shown without tax, the parts make the total only together with it. */
function isTaxAdded(snapshot: DocumentSnapshot): boolean {
  const { subtotalMinor, discountMinor, shippingMinor, totalMinor } = snapshot
  return subtotalMinor - discountMinor + shippingMinor !== totalMinor
}

/** How much of the total is tax, rate by rate. */
function writeTaxes(sheet: Sheet, top: number): void {
  const { pen, snapshot } = sheet
  let y = roomFor(sheet, top + 20, 46 + snapshot.taxes.length * 15) + 14
  const at = { net: left + 150, tax: left + 230, gross: left + 310 }
  pen.draw(isTaxAdded(snapshot) ? 'Tax added' : 'Tax included', left, y, small)
  pen.draw('Net', at.net, y, { ...small, align: 'end' })
  pen.draw('Tax', at.tax, y, { ...small, align: 'end' })
  pen.draw('Gross', at.gross, y, { ...small, align: 'end' })
  pen.rule(left, y + 7, at.gross - left)
  y += 6
  for (const tax of snapshot.taxes) {
    y += 15
    pen.draw(rateText(tax.rateBasisPoints), left, y, text)
    pen.draw(show(tax.netMinor, snapshot), at.net, y, { ...text, align: 'end' })
    pen.draw(show(tax.taxMinor, snapshot), at.tax, y, { ...text, align: 'end' })
    pen.draw(show(tax.grossMinor, snapshot), at.gross, y, { ...text, align: 'end' })
  }
}

/** A block that does not fit below goes to a page of its own. */
function roomFor({ doc }: Sheet, y: number, height: number): number {
  if (y + height <= bottom) return y
  doc.addPage()
  return page.margin
}

function writeFooters({ doc, pen, snapshot }: Sheet): void {
  const { start, count } = doc.bufferedPageRange()
  for (let index = 0; index < count; index += 1) {
    doc.switchToPage(start + index)
    const y = page.height - 46
    pen.rule(left, y - 16, inner)
    pen.draw(`${titles[snapshot.kind]} ${snapshot.number}`, left, y, small)
    pen.draw(`Page ${index + 1} of ${count}`, right, y, { ...small, align: 'end' })
  }
}

export function rateText(basisPoints: number | null): string {
  if (basisPoints === null) return 'Tax'
  return `${basisPoints / 100} %`
}

const days = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

function day(at: string): string {
  return days.format(new Date(at))
}

function show(amountMinor: number, { currency }: DocumentSnapshot): string {
  return formatMoney(money(amountMinor, currency))
}
