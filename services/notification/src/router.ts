import { BusOverview, DeadLetter, ReplayDeadLetter } from '@souk/events/contract'
import { z } from 'zod'
import { ListMessages, Message, MessagePage, MessageRef, MessageSummary } from './contract.ts'
import { getMessage } from './get-message.ts'
import { listDeadLetters, replayDeadLetter } from './list-dead-letters.ts'
import { listMessages } from './list-messages.ts'
import { resendMessage } from './resend-message.ts'
import { rpc } from './rpc.ts'

const { staff, router } = rpc
const Nothing = z.undefined()
const DeadLetters = z.object({ items: z.array(DeadLetter) })

export const notificationRouter = router({
  mailbox: router({
    list: staff
      .input(ListMessages)
      .output(MessagePage)
      .query(({ ctx, input }) => listMessages(ctx, input)),
    get: staff
      .input(MessageRef)
      .output(Message)
      .query(({ ctx, input }) => getMessage(ctx, input)),
    resend: staff
      .input(MessageRef)
      .output(MessageSummary)
      .mutation(({ ctx, input }) => resendMessage(ctx, input)),
  }),
  operations: router({
    overview: staff
      .input(Nothing)
      .output(BusOverview)
      .query(({ ctx }) => ctx.bus.overview()),
    deadLetters: staff
      .input(Nothing)
      .output(DeadLetters)
      .query(({ ctx }) => listDeadLetters(ctx)),
    replay: staff
      .input(ReplayDeadLetter)
      .output(DeadLetter)
      .mutation(({ ctx, input }) => replayDeadLetter(ctx, input.id)),
  }),
})

export type NotificationRouter = typeof notificationRouter
