import { Agent } from 'undici'

const agent = new Agent({ connections: 600, pipelining: 1 })

export type Answer = { status: number; body: unknown; ms: number }

/** One JSON request over kept-alive connections, with its time. */
export async function send(
  method: 'GET' | 'POST',
  url: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const started = performance.now()
  const target = new URL(url)
  const response = await agent.request({
    origin: target.origin,
    path: target.pathname + target.search,
    method,
    headers: {
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    body: options.body === undefined ? null : JSON.stringify(options.body),
  })
  const text = await response.body.text()
  return {
    status: response.statusCode,
    body: text === '' ? null : JSON.parse(text),
    ms: performance.now() - started,
  }
}

export async function signIn(gatewayUrl: string, email: string, password: string): Promise<string> {
  const answer = await send('POST', `${gatewayUrl}/api/v1/auth/token`, { body: { email, password } })
  const { accessToken }: { accessToken?: string } = Object(answer.body)
  if (answer.status !== 200 || accessToken === undefined)
    throw new Error(`Signing in as ${email} answered ${answer.status}`)
  return accessToken
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
