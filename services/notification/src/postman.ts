import { createTransport } from 'nodemailer'

export type Letter = {
  id: string
  to: { address: string; name: string }
  subject: string
  html: string
  text: string
  attachments: { filename: string; content: Buffer; contentType: string }[]
}

/** `refused`: the server said no to this mail; `unreachable`: it said nothing about it. */
export type Delivery = { outcome: 'sent' } | { outcome: 'refused' | 'unreachable'; error: string }

export type Round = { send(letter: Letter): Promise<Delivery>; end(): void }

/** Opens a round of deliveries, whose connections are shared and end with it. */
export type Postman = () => Round

const connectionsAtOnce = 3

export function createPostman(smtpUrl: string, from: string): Postman {
  const domain = /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
  return () => {
    const transport = createTransport({
      ...optionsOf(smtpUrl),
      pool: true,
      maxConnections: connectionsAtOnce,
      connectionTimeout: 5000,
      greetingTimeout: 5000,
      socketTimeout: 10_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    // A connection that breaks between two mails is the next mail's business.
    transport.on('error', () => {})
    return {
      send: async (letter) => {
        try {
          await transport.sendMail({
            from,
            to: letter.to,
            subject: letter.subject,
            html: letter.html,
            text: letter.text,
            attachments: letter.attachments,
            // The same for every attempt, so that mail programs show a mail once that arrived twice.
            messageId: `<${letter.id}@${domain}>`,
            headers: { 'Auto-Submitted': 'auto-generated' },
          })
          return { outcome: 'sent' }
        } catch (error) {
          return describe(error)
        }
      },
      end: () => transport.close(),
    }
  }
}

function optionsOf(smtpUrl: string) {
  const url = new URL(smtpUrl)
  const isSecure = url.protocol === 'smtps:'
  return {
    // An IPv6 address stands in brackets in a URL only.
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isSecure ? 465 : 587),
    secure: isSecure,
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
  }
}

/** A refusal of sender, receiver or content counts; a busy, broken or misconfigured server does not. */
function describe(error: unknown): Delivery {
  const facts: { code?: unknown; responseCode?: unknown; message?: unknown } =
    error !== null && typeof error === 'object' ? error : {}
  const isAboutTheMail = facts.code === 'EENVELOPE' || facts.code === 'EMESSAGE'
  const isFinal = typeof facts.responseCode === 'number' && facts.responseCode >= 500
  return {
    outcome: isAboutTheMail && (isFinal || facts.responseCode === undefined) ? 'refused' : 'unreachable',
    error: `${String(facts.code ?? 'error')}: ${String(facts.message ?? error)}`.slice(0, 300),
  }
}
