import type { PaymentContext } from '../context.ts'
import type { PaymentMethods } from '../contract.ts'

export async function listMethods(ctx: PaymentContext): Promise<PaymentMethods> {
  const { banks, wallets } = await ctx.choices.list(ctx.clock.now())
  return { card: ctx.providers.forMethod('card').cardEntry, banks, wallets }
}
