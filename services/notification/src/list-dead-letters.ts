import type { DeadLetter } from '@souk/events/contract'
import type { NotificationContext } from './context.ts'

/** A parked event may hold a reset token that still works; whoever reads dead letters must not see it. */
export async function listDeadLetters(ctx: NotificationContext): Promise<{ items: DeadLetter[] }> {
  const letters = await ctx.bus.deadLetters()
  return { items: letters.map(withoutSecret) }
}

export async function replayDeadLetter(ctx: NotificationContext, id: string): Promise<DeadLetter> {
  return withoutSecret(await ctx.bus.replay(id))
}

function withoutSecret(letter: DeadLetter): DeadLetter {
  const text = JSON.stringify(letter.envelope ?? null)
  const hide = (key: string, value: unknown) => (key === 'resetToken' ? 'hidden' : value)
  return { ...letter, envelope: JSON.parse(text, hide) }
}
