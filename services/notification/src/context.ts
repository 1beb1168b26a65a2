import type { NotificationDatabase } from '@souk/db/notification'
import type { EventBus } from '@souk/events/bus'
import type { Clock } from '@souk/kernel/clock'
import type { Principal } from '@souk/kernel/principal'
import type { Log } from '@souk/service/log'
import type { Links } from './links.ts'
import type { Postman } from './postman.ts'

export type NotificationContext = {
  db: NotificationDatabase
  bus: EventBus
  clock: Clock
  log: Log
  principal: Principal
  caller: string
  links: Links
  /** Hands mails to the SMTP server; none when mails are kept in the mailbox. */
  postman: Postman | undefined
  /** Who is told about low stock. */
  staffMailbox: string | undefined
  mailSealSecret: string
  /** Lets the sending job look at once. */
  wakeSending: () => void
}
