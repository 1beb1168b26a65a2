import { createHmac } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Shop } from '@souk/host/launch'
import { localUrl } from '@souk/host/settings'
import { type Random, shuffled } from './random.ts'
import type { Kind, Scene } from './scene.ts'

const modes = [
  'hang',
  'error_before',
  'slow',
  'hang_after',
  'error_after',
  'drop_after',
  'webhook_first',
  'webhook_duplicate',
  'webhook_delay',
  'webhook_reorder',
  'webhook_lost',
  'refund_pending',
] as const

export const failingProvider: Kind = (random) => {
  const [mode, times, delayMs] = [random.pick(modes), random.between(3, 25), random.between(200, 5000)]
  return {
    what: `the provider: ${mode}, ${times} times`,
    inject: async ({ shop }) => {
      const operation = mode === 'refund_pending' ? 'refund' : 'any'
      await fetch(`${localUrl(shop.settings, 'sandbox')}/v1/faults`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${shop.settings.secrets.sandboxApiKey}`,
        },
        body: JSON.stringify({ mode, times, delayMs, operation }),
        signal: AbortSignal.timeout(2000),
      })
    },
  }
}

/** Every webhook of this run so far, again and in another order; and as many that nobody signed. */
export const webhookStorm: Kind = (random) => {
  const [count, seed] = [random.pick([50, 200, 1000]), random]
  return {
    what: `${count} webhooks again, shuffled, and as many forged`,
    inject: async (scene) => {
      const bodies = shuffled(seed, await webhooksSoFar(scene.shop, count))
      await Promise.all([
        sendAll(bodies, async (body) => {
          await post(scene.shop, body, scene.shop.settings.secrets.sandboxWebhookSecret)
        }),
        sendAll(bodies, async (body) => await forge(scene, seed, body)),
      ])
    },
  }
}

async function sendAll(bodies: readonly string[], send: (body: string) => Promise<void>): Promise<void> {
  const waiting = [...bodies]
  const sender = async () => {
    for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) await send(body)
  }
  await Promise.all(Array.from({ length: 16 }, sender))
}

/** Signed with a secret that is not ours, or changed by a character after it was signed. */
async function forge({ shop, blame }: Scene, random: Random, body: string): Promise<void> {
  const ours = shop.settings.secrets.sandboxWebhookSecret
  const status =
    random.next() < 0.5
      ? await post(shop, body, 'a-secret-that-nobody-gave-us-0123456789')
      : await post(shop, body.replace('"captured"', '"CAPTURED"'), ours, body)
  const wasChanged = body.includes('"captured"')
  if (status !== undefined && status < 400 && wasChanged)
    blame(`A forged webhook was answered with ${status}`)
}

async function post(shop: Shop, body: string, secret: string, signed = body): Promise<number | undefined> {
  const seconds = Math.floor(Date.now() / 1000)
  const mac = createHmac('sha256', secret).update(`${seconds}.${signed}`).digest('hex')
  try {
    const response = await fetch(`${localUrl(shop.settings, 'gateway')}/webhooks/payments/sandbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'souk-signature': `t=${seconds},v1=${mac}` },
      body,
      signal: AbortSignal.timeout(5000),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    return undefined
  }
}

type Line = { event?: { id: string; type: string; createdAt: string }; charge?: object; refund?: object }

/** The last ones, as the provider sent them: its log keeps each with what it was about. */
async function webhooksSoFar(shop: Shop, count: number): Promise<string[]> {
  const path = join(shop.settings.dataFolder, 'sandbox.jsonl')
  if (!existsSync(path)) return []
  const bodies: string[] = []
  for await (const text of createInterface({ input: createReadStream(path) })) {
    const line = readLine(text)
    if (!line?.event) continue
    const data = {
      ...(line.charge ? { charge: line.charge } : {}),
      ...(line.refund ? { refund: line.refund } : {}),
    }
    bodies.push(JSON.stringify({ ...line.event, data }))
    if (bodies.length > count) bodies.shift()
  }
  return bodies
}

function readLine(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line
  } catch {
    // The last line may be half written at this moment.
    return undefined
  }
}
