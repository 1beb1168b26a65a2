import { openPaymentDatabase, type PaymentDatabase } from '@souk/db/payment'
import type { Job } from '@souk/runtime/jobs'
import type { Acting, Parts, ServiceDefinition } from '@souk/runtime/start-service'
import type { PaymentContext } from './context.ts'
import { expireCredits } from './credit/expire-credits.ts'
import type { PaymentEnv } from './env.ts'
import { captureDue } from './hold/capture-due.ts'
import { closeForgotten, settleDue } from './payment/settle-due.ts'
import { keepChoices } from './provider/choices.ts'
import { providersOf } from './provider/providers.ts'
import { sandboxProvider } from './provider/sandbox.ts'
import { stripeProvider } from './provider/stripe.ts'
import { reconcileDue } from './reconciliation/reconcile-due.ts'
import { paymentRouter } from './router.ts'
import { paymentSubscriptions } from './subscriptions.ts'
import { webhookRoute } from './webhook/webhook-route.ts'
import { forgetOldWebhooks } from './webhook/webhook-store.ts'

type PrismaClient = PaymentDatabase['prisma']

const jobs: readonly Job<PaymentContext>[] = [
  { name: 'settle-payments', everyMs: 400, run: settleDue },
  { name: 'capture-due-payments', everyMs: 1_000, run: captureDue },
  { name: 'close-forgotten-payments', everyMs: 2_000, run: closeForgotten },
  { name: 'expire-credits', everyMs: 5_000, run: expireCredits },
  { name: 'reconcile', everyMs: 30_000, run: reconcileDue },
  { name: 'forget-old-webhooks', everyMs: 3_600_000, run: async ({ db }) => await forgetOldWebhooks(db) },
]

function stripeOf(env: PaymentEnv) {
  if (env.STRIPE_SECRET_KEY === undefined) return undefined
  return stripeProvider({
    secretKey: env.STRIPE_SECRET_KEY,
    webhookSecrets: secretsOf(env.STRIPE_WEBHOOK_SECRET ?? ''),
    timeoutMs: env.PROVIDER_TIMEOUT_MS,
    apiUrl: env.STRIPE_API_URL,
  })
}

const secretsOf = (text: string) =>
  text
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '')

/** The composition root of payment: what it is made of, for its process and for tests. */
export function paymentService(env: PaymentEnv): ServiceDefinition<PrismaClient, PaymentContext> {
  return {
    name: 'payment',
    env,
    owner: 'payment',
    openDatabase: openPaymentDatabase,
    build: (parts: Parts<PrismaClient>) => {
      const remote = sandboxProvider({
        url: env.SANDBOX_URL,
        apiKey: env.SANDBOX_API_KEY,
        webhookSecrets: secretsOf(env.SANDBOX_WEBHOOK_SECRET),
        timeoutMs: env.PROVIDER_TIMEOUT_MS,
      })
      const providers = providersOf(remote, stripeOf(env))
      const choices = keepChoices(remote)
      const settings = {
        providerTimeoutMs: env.PROVIDER_TIMEOUT_MS,
        giftCardSecret: env.GIFT_CARD_SECRET,
        mailSealSecret: env.MAIL_SEAL_SECRET,
        reconcileEveryMs: env.RECONCILE_EVERY_MINUTES * 60_000,
        reconcileGraceMs: env.RECONCILE_GRACE_SECONDS * 1000,
      }
      const { db, bus, clock, log } = parts
      return {
        context: ({ principal, caller }: Acting): PaymentContext => ({
          db,
          bus,
          clock,
          log,
          principal,
          caller,
          providers,
          choices,
          settings,
        }),
        router: paymentRouter,
        subscriptions: paymentSubscriptions,
        jobs,
        routes: webhookRoute,
      }
    },
  }
}
