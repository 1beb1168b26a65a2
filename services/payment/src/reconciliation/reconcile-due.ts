import { gauge } from '@souk/service/metrics'
import type { PaymentContext } from '../context.ts'
import { countStuckRefunds } from '../refund/stuck-store.ts'
import { countOpen } from './difference-store.ts'
import { reconcile } from './reconcile.ts'

const open = gauge('souk_reconciliation_open', 'Differences from providers’ lists that wait for a person.')
const stuck = gauge(
  'souk_payment_refunds_stuck',
  'Payments whose money should have gone back and which the provider keeps refusing to refund.',
)

export async function reconcileDue(ctx: PaymentContext): Promise<void> {
  await reconcile(ctx, ctx.settings.reconcileEveryMs)
  open.set(await countOpen(ctx.db))
  stuck.set(await countStuckRefunds(ctx.db))
}
