import { runChaos } from '@souk/chaos/run-chaos'
import { expect, test } from 'vitest'

const seed = 15

test('a short storm leaves every invariant standing and every client told the truth', async () => {
  const story: string[] = []
  const result = await runChaos({
    seed,
    loadMs: 15_000,
    clients: 6,
    tell: (line) => story.push(line),
    keepsBroken: true,
  })
  const broken = result.audit.filter(({ offences }) => offences.length > 0)
  expect({ broken, contradictions: result.contradictions }, story.join('\n')).toEqual({
    broken: [],
    contradictions: [],
  })
  expect(result.purchases.ordered ?? 0).toBeGreaterThan(0)
}, 300_000)
