import { type NotificationDatabase, openNotificationDatabase } from '@souk/db/notification'
import type { ServiceDefinition, ServiceEnv } from '@souk/runtime/start-service'
import { createWaker } from '@souk/runtime/waker'
import type { NotificationContext } from './context.ts'
import { createLinks } from './links.ts'
import { createPostman } from './postman.ts'
import { notificationRouter } from './router.ts'
import { sendQueued } from './send-queued.ts'
import { subscriptions } from './subscriptions.ts'
import { sweep } from './sweep.ts'

type Settings = ServiceEnv & {
  SMTP_URL?: string | undefined
  MAIL_FROM: string
  MAIL_STAFF?: string | undefined
  WEB_URL: string
  MAIL_SEAL_SECRET: string
  ADMIN_URL?: string | undefined
}

export function notificationService(
  env: Settings,
): ServiceDefinition<NotificationDatabase['prisma'], NotificationContext> {
  return {
    name: 'notification',
    env,
    openDatabase: openNotificationDatabase,
    build: ({ db, bus, clock, log }) => {
      const sending = createWaker()
      const shared = {
        db,
        bus,
        clock,
        log,
        links: createLinks(env.WEB_URL, env.ADMIN_URL),
        postman: env.SMTP_URL === undefined ? undefined : createPostman(env.SMTP_URL, env.MAIL_FROM),
        staffMailbox: env.MAIL_STAFF,
        mailSealSecret: env.MAIL_SEAL_SECRET,
        wakeSending: sending.wake,
      }
      return {
        context: (acting) => ({ ...shared, principal: acting.principal, caller: acting.caller }),
        router: notificationRouter,
        subscriptions,
        onHandled: sending.wake,
        jobs: [
          { name: 'send-mails', everyMs: 1000, waker: sending, run: sendQueued },
          { name: 'sweep', everyMs: 60_000, run: sweep },
        ],
      }
    },
  }
}
