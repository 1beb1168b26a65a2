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
  const bytes = new TextEncoder().encode(JSON.stringify(key))
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The sort key of a cursor, or nothing when the text was not made by `encodeCursor`. */
export function decodeCursor(cursor: string): (string | number)[] | undefined {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    )
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return Array.isArray(parsed) && parsed.every(isKeyPart) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** A cursor may be made by hand, and its text goes to the database, which takes neither NUL nor half a surrogate pair. */
function isKeyPart(part: unknown): part is string | number {
  return typeof part === 'number' || (typeof part === 'string' && part.isWellFormed() && !part.includes('\0'))
}
