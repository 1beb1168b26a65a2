import { z } from 'zod'

export const PageInput = {
  limit: z.int().min(1).max(100).default(24),
  cursor: z.string().max(512).optional(),
}

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

/** Opaque to clients: base64url of the JSON sort key of the last row. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return btoa(JSON.stringify(key)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The sort key of a cursor, or nothing when the text was not made by `encodeCursor`. */
export function decodeCursor(cursor: string): (string | number)[] | undefined {
  try {
    const parsed: unknown = JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')))
    if (!Array.isArray(parsed)) return undefined
    return parsed.every((part) => typeof part === 'string' || typeof part === 'number') ? parsed : undefined
  } catch {
    return undefined
  }
}
