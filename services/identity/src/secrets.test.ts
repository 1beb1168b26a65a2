import { expect, it } from 'vitest'
import { hashSecret, newSalt, newSecret, successorOf } from './secrets.ts'

it('secrets are 256 random bits and their hashes have 32 bytes', () => {
  const secrets = Array.from({ length: 50 }, newSecret)
  expect(new Set(secrets).size).toBe(50)
  for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  expect(hashSecret(secrets[0] ?? '')).toHaveLength(32)
})

it('a successor follows from token and salt together, and from neither alone', () => {
  const [token, salt] = [newSecret(), newSalt()]
  expect(successorOf(token, salt)).toBe(successorOf(token, salt))
  expect(successorOf(token, salt)).toMatch(/^[\w-]{43}$/)
  expect(successorOf(token, newSalt())).not.toBe(successorOf(token, salt))
  expect(successorOf(newSecret(), salt)).not.toBe(successorOf(token, salt))
})
