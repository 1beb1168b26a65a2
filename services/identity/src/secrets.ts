import { createHash, createHmac, randomBytes } from 'node:crypto'

/** 256 random bits for a link or a refresh token. Only their hash is ever stored. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function newSalt(): Buffer {
  return randomBytes(32)
}

/** A fast hash is right here: 256 random bits cannot be guessed. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/**
 * The refresh token that follows `token`. Whoever holds the used token gets the same successor again
 * while the salt is kept, so two tabs end up with one token; the database alone gives neither.
 */
export function successorOf(token: string, salt: Buffer): string {
  return createHmac('sha256', token).update(salt).digest('base64url')
}
