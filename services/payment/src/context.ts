import type { PaymentDatabase } from '@souk/db/payment'
import type { EventBus } from '@souk/events/bus'
import type { Clock } from '@souk/kernel/clock'
import type { Principal } from '@souk/kernel/principal'
import type { Log } from '@souk/service/log'
import type { Choices } from './provider/choices.ts'
import type { Providers } from './provider/provider.ts'

export type PaymentContext = {
  db: PaymentDatabase
  bus: EventBus
  clock: Clock
  log: Log
  principal: Principal
  caller: string
  providers: Providers
  choices: Choices
  settings: PaymentSettings
}

export type PaymentSettings = {
  providerTimeoutMs: number
  /** Makes and recognises the codes of gift cards. */
  giftCardSecret: string
  /** Seals what only notification may read. */
  mailSealSecret: string
  /** How often our books are compared with the providers' lists, and how old a change must be for that. */
  reconcileEveryMs: number
  reconcileGraceMs: number
}
