import type { z } from 'zod'

/** Cursors of the pages already seen, the current one last. `.` occurs in no cursor. */
const separator = '.'
const longestTrail = 60

/** What the address says about a list: each field by itself, so that one wrong value spoils no other. */
export function readQuery<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  params: URLSearchParams,
): Partial<z.output<z.ZodObject<Shape>>> {
  const known: Record<string, unknown> = {}
  for (const [key, text] of params) {
    const field = schema.shape[key]
    if (!field || text === '') continue
    const parsed = (field as z.ZodType).safeParse(text)
    if (parsed.success && parsed.data !== undefined) known[key] = parsed.data
  }
  return known as Partial<z.output<z.ZodObject<Shape>>>
}

export type QueryChange = Record<string, string | undefined>

/** The address after a change. Another filter starts again at the first page. */
export function changeQuery(params: URLSearchParams, change: QueryChange): string {
  const next = new URLSearchParams(params)
  if (!('after' in change)) next.delete('after')
  for (const [key, value] of Object.entries(change)) {
    if (value) next.set(key, value)
    else next.delete(key)
  }
  const text = next.toString()
  return text ? `?${text}` : ''
}

export type Trail = { cursor: string | undefined; page: number; previous: string | undefined }

export function readTrail(params: URLSearchParams): Trail {
  const seen = (params.get('after') ?? '').split(separator).filter(Boolean)
  return {
    cursor: seen.at(-1),
    page: seen.length + 1,
    previous: seen.slice(0, -1).join(separator) || undefined,
  }
}

/** The `after` that leads to the page behind `nextCursor`. */
export function extendTrail(params: URLSearchParams, nextCursor: string): string {
  const seen = (params.get('after') ?? '').split(separator).filter(Boolean)
  return [...seen, nextCursor].slice(-longestTrail).join(separator)
}
