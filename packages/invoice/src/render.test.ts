import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { clean, runsOf } from './fonts.ts'
import { renderDocument } from './render.ts'
import { type DocumentSnapshot, fileNameOf } from './snapshot.ts'

const mug = {
  name: 'Harbour mug',
  detail: 'Oat, MUG-OAT',
  quantity: 2,
  unitPriceMinor: 1900,
  totalMinor: 3800,
}
function sample(over: Partial<DocumentSnapshot> = {}): DocumentSnapshot {
  return {
    id: '019e3a5e-0000-7000-8000-000000000001',
    kind: 'invoice',
    number: 'INV-2026-000001',
    issuedAt: '2026-11-21T10:00:00.000Z',
    orderNumber: 'SK-100001',
    orderedAt: '2026-11-21T09:59:00.000Z',
    invoiceNumber: null,
    seller: { name: 'Souk', lines: ['Market Street 1', '10115 Berlin'], email: null, taxId: 'DE000000000' },
    buyer: {
      name: 'Maya Lind',
      lines: ['Lindenweg 4', '10115 Berlin', 'Germany'],
      email: 'maya@example.com',
    },
    currency: 'EUR',
    lines: [mug],
    subtotalMinor: 3800,
    discountMinor: 0,
    shippingMinor: 490,
    totalMinor: 4290,
    taxMinor: 685,
    taxes: [{ rateBasisPoints: 1900, netMinor: 3605, taxMinor: 685, grossMinor: 4290 }],
    ...over,
  }
}

/** The streams of a PDF as one text, to look for marks in. */
function contentOf(pdf: Buffer): string {
  const parts: string[] = []
  let at = 0
  for (;;) {
    const start = pdf.indexOf('stream\n', at)
    const end = pdf.indexOf('\nendstream', start)
    if (start < 0 || end < 0) return parts.join('\n')
    const raw = pdf.subarray(start + 7, end)
    try {
      parts.push(inflateSync(raw).toString('latin1'))
    } catch {
      parts.push(raw.toString('latin1'))
    }
    at = end + 10
  }
}
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0

describe('an invoice on paper', () => {
  test('is a PDF on A4, and the same snapshot gives the same bytes', async () => {
    const [first, second] = [await renderDocument(sample()), await renderDocument(sample())]
    expect(first.subarray(0, 5).toString()).toBe('%PDF-')
    expect(first.toString('latin1')).toContain('[0 0 595.28 841.89]')
    expect(second.equals(first)).toBe(true)
    expect((await renderDocument(sample({ number: 'INV-2026-000002' }))).equals(first)).toBe(false)
  })

  test('runs over as many pages as its lines need', async () => {
    expect(pagesOf(await renderDocument(sample()))).toBe(1)
    expect(pagesOf(await renderDocument(sample({ lines: Array.from({ length: 100 }, () => mug) })))).toBe(6)
  })

  test('shows names in other scripts in a font that has them, and embeds it', async () => {
    const buyer = { name: 'Žofie Čapková Ελένη Дмитрий مريم', lines: [], email: null }
    const pdf = (await renderDocument(sample({ buyer }))).toString('latin1')
    expect(pdf).toContain('DejaVuSans')
    expect(runsOf('Žofie Čapková', 'regular').every(({ face }) => face !== 'regular-2')).toBe(true)
    expect(runsOf('Дмитрий', 'regular')).toEqual([{ face: 'regular-2', text: 'Дмитрий' }])
  })

  test('takes what a buyer typed as letters, whatever it would mean elsewhere', async () => {
    const name = '=HYPERLINK("http://x")) Tj ET <script>/JS (app.alert(1))\n\u202Egnp.exe\u0000'
    const pdf = await renderDocument(
      sample({ buyer: { name, lines: [name], email: null }, lines: [{ ...mug, name }] }),
    )
    expect(contentOf(pdf)).not.toMatch(/HYPERLINK|script|alert/)
    expect(pdf.toString('latin1')).not.toMatch(/\/(JS|JavaScript|URI|Launch)\b/)
    expect(clean(name)).toBe('=HYPERLINK("http://x")) Tj ET <script>/JS (app.alert(1)) gnp.exe')
    expect(fileNameOf({ number: 'INV-2026-1"\r\n../x' })).toBe('INV-2026-1x.pdf')
  })

  test('a word wider than its column is broken and none of it lost', async () => {
    const name = 'W'.repeat(300)
    expect(pagesOf(await renderDocument(sample({ lines: [{ ...mug, name }] })))).toBe(1)
  })
})
