import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'

export type Received = { type: string; id: string; raw: string; signature: string; at: number; data: Data }
type Data = {
  charge?: { id: string; status: string; reference: string }
  refund?: { id: string; status: string }
}

/** A merchant's webhook address that keeps what it was sent and answers what it is told to. */
export async function startReceiver() {
  const received: Received[] = []
  let answer = 200
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      const event = JSON.parse(raw)
      received.push({ ...event, raw, signature: String(request.headers['souk-signature']), at: Date.now() })
      response.statusCode = answer
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    of: (reference: string) => received.filter((event) => event.data.charge?.reference === reference),
    answerWith: (status: number) => {
      answer = status
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

export function isSignedBy(secret: string, received: Received): boolean {
  const parts = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(received.signature)
  const mac = createHmac('sha256', secret).update(`${parts?.[1]}.${received.raw}`).digest('hex')
  return mac === parts?.[2]
}
