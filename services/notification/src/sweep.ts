import type { NotificationContext } from './context.ts'
import { eraseSecrets } from './message-store.ts'

export async function sweep(ctx: NotificationContext): Promise<void> {
  await eraseSecrets(ctx.db, ctx.clock.now())
}
