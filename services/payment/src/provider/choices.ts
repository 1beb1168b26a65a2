import type { Outcome, PaymentChoices, Provider } from './provider.ts'

const freshForMs = 60_000

/**
 * The provider's banks and wallets, asked once a minute at most. While it does not answer the last list
 * stands; before there is one, there are none.
 */
export function keepChoices(provider: Provider) {
  let known: PaymentChoices = { banks: [], wallets: [] }
  let askedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  async function ask(now: number): Promise<void> {
    const found: Outcome<PaymentChoices> | undefined = await provider.listChoices?.()
    if (found?.kind !== 'answered') return
    known = found.answer
    askedAt = now
  }

  return {
    /** What is known now; for labels, which wait for nobody. */
    known: (): PaymentChoices => known,
    list: async (now: Date): Promise<PaymentChoices> => {
      if (now.getTime() - askedAt > freshForMs) {
        asking ??= ask(now.getTime()).finally(() => {
          asking = undefined
        })
        await asking
      }
      return known
    },
  }
}

export type Choices = ReturnType<typeof keepChoices>
