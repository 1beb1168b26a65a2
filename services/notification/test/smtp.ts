import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type Received = { recipients: string[]; raw: string; mail: Email }

/** A real SMTP server on a port of its own. `answer` may refuse a receiver or a mail with an SMTP code. */
export async function startSmtp(
  options: {
    port?: number
    answer?: (stage: 'receiver' | 'mail', address: string) => number | undefined
  } = {},
) {
  const received: Received[] = []
  const refusal = (code: number) => Object.assign(new Error('refused by the test'), { responseCode: code })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      const code = options.answer?.('receiver', address)
      done(code === undefined ? null : refusal(code))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        const code = options.answer?.('mail', recipients[0] ?? '')
        if (code !== undefined) return done(refusal(code))
        const raw = Buffer.concat(chunks).toString('utf8')
        PostalMime.parse(raw).then(
          (mail) => {
            received.push({ recipients, raw, mail })
            done()
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        )
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    received,
    stop: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
