import { availableParallelism } from 'node:os'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import { createGate, type Gate } from './gate.ts'

/** OWASP's minimum for argon2id, the library's default variant: 19 MiB and about 25 ms of one core. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const argon2id = 2

export type Hasher = {
  hash(password: string): Promise<string>
  /**
   * Compares with the stored hash, or with a hash of nothing when there is none, so that an unknown
   * account takes as long as a known one. `before` runs when a place at the hasher is free.
   */
  verify(stored: string | undefined, password: string, before?: () => Promise<void>): Promise<boolean>
}

/** Hashes one password per core at once: each takes 19 MiB and a whole core. */
export function createHasher(
  gate: Gate = createGate({ atOnce: availableParallelism(), queued: 64 }),
): Hasher {
  const ofNothing = hash('no account has this password', parameters)
  ofNothing.catch(() => {})
  return {
    hash: async (password) => await gate.run(async () => await hash(normalised(password), parameters)),
    verify: async (stored, password, before) =>
      await gate.run(async () => {
        await before?.()
        const isRight = await verify(stored ?? (await ofNothing), normalised(password))
        return isRight && stored !== undefined
      }),
  }
}

/** One password typed on two systems may arrive composed or decomposed (NIST SP 800-63B, 5.1.1.2). */
function normalised(password: string): string {
  return password.normalize('NFKC')
}

/** True when the hash was made with other parameters than today's. */
export function isOutdated(stored: string): boolean {
  const used = parseOptions(stored)
  return (
    used.algorithm !== argon2id ||
    used.memoryCost !== parameters.memoryCost ||
    used.timeCost !== parameters.timeCost ||
    used.parallelism !== parameters.parallelism
  )
}
