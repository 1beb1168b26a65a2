import { once } from 'node:events'
import { request } from 'node:http'

type Money = { amount: number }
type Body = {
  id?: string
  status?: string
  accessToken?: string
  code?: string
  totals?: { total: Money }
  payment?: { id: string; action: { url: string } | null }
  edits?: { refund: Money }[]
  returns?: { id: string }[]
  refund?: Money | null
  /** By tRPC. */
  result?: { data?: { status: string; order?: Body } }
}
export type Answer = { status: number; body: Body }

type Ask = { method?: string; body?: unknown; headers?: Record<string, string>; timeoutMs: number }

/** Nothing when there was no answer in time: the client does not know. */
export async function ask(url: string, options: Ask): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, {
      method: options.method ?? 'POST',
      headers: { 'content-type': 'application/json', ...options.headers },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      signal: AbortSignal.timeout(options.timeoutMs),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  } catch {
    return undefined
  }
}

type Prepared = { send(): Promise<Answer | undefined> }

/** Opens a connection of its own and waits; `send` writes the whole request at once. */
export async function prepare(url: string, options: Ask): Promise<Prepared | undefined> {
  const sent = request(url, {
    method: options.method ?? 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', ...options.headers },
    timeout: options.timeoutMs,
  })
  sent.on('timeout', () => sent.destroy())
  const failed = new Promise<undefined>((resolve) => sent.on('error', () => resolve(undefined)))
  const connected = once(sent, 'socket').then(async ([socket]) => {
    if (socket.connecting) await once(socket, 'connect')
    return true
  })
  if ((await Promise.race([connected.catch(() => undefined), failed])) !== true) return undefined
  return {
    send: async () => {
      const answered = new Promise<Answer | undefined>((resolve) => {
        sent.on('close', () => resolve(undefined))
        sent.on('response', (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => {
            text += chunk
          })
          response.on('error', () => resolve(undefined))
          response.on('end', () => resolve(readAnswer(response.statusCode ?? 0, text)))
        })
      })
      sent.end(JSON.stringify(options.body))
      return await Promise.race([answered, failed])
    },
  }
}

function readAnswer(status: number, text: string): Answer | undefined {
  try {
    return { status, body: text === '' ? {} : JSON.parse(text) }
  } catch {
    return undefined
  }
}
