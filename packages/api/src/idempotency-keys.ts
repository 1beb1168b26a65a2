/**
 * One Idempotency-Key per operation, however often it is sent. A retry passes the same input object
 * again, so the key is remembered by that object until a final answer has come; the next call with it is
 * a new operation.
 */
export function createIdempotencyKeys(newKey: () => string = randomKey) {
  const open = new WeakMap<object, Map<string, string>>()
  return {
    keyFor(path: string, input: unknown): string {
      if (!isObject(input)) return newKey()
      const known = open.get(input) ?? new Map<string, string>()
      open.set(input, known)
      const key = known.get(path) ?? newKey()
      known.set(path, key)
      return key
    },
    settle(path: string, input: unknown): void {
      if (isObject(input)) open.get(input)?.delete(path)
    },
  }
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object'
}

/** 128 random bits. `crypto.randomUUID` is missing on pages that are not served over https. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
