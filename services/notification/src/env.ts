import { Email } from '@souk/kernel/address'
import { DatabaseEnv, loadEnv, ProcessEnv } from '@souk/service/env'
import { z } from 'zod'

const HttpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))

const shape = {
  ...ProcessEnv,
  ...DatabaseEnv,
  /** Where mails go; without it they stay in the mailbox of the admin. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().max(300).default('Souk <hello@souk.test>'),
  /** Who reads about low stock; without it nobody is written to. */
  MAIL_STAFF: Email.optional(),
  /** Opens what other services sealed for a mail, such as the code of a gift card. */
  MAIL_SEAL_SECRET: z.string().min(32),
  /** What links in mails begin with. Never taken from a request. */
  WEB_URL: HttpUrl,
  ADMIN_URL: HttpUrl.optional(),
}

export type NotificationEnv = ReturnType<typeof readEnv>

export function readEnv() {
  return loadEnv(shape, process.env)
}
