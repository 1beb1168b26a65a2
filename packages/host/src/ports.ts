import { createServer } from 'node:net'
import { Problem } from './problem.ts'

/** Every port the shop listens on, with the setting that moves it. */
export const portSettings = {
  web: { variable: 'WEB_PORT', port: 3000, title: 'the storefront' },
  admin: { variable: 'ADMIN_PORT', port: 3001, title: 'the admin' },
  gateway: { variable: 'GATEWAY_PORT', port: 4000, title: 'the gateway' },
  product: { variable: 'PRODUCT_PORT', port: 4001, title: 'the product service' },
  order: { variable: 'ORDER_PORT', port: 4002, title: 'the order service' },
  payment: { variable: 'PAYMENT_PORT', port: 4003, title: 'the payment service' },
  inventory: { variable: 'INVENTORY_PORT', port: 4004, title: 'the inventory service' },
  identity: { variable: 'IDENTITY_PORT', port: 4005, title: 'the identity service' },
  notification: { variable: 'NOTIFICATION_PORT', port: 4006, title: 'the notification service' },
  audit: { variable: 'AUDIT_PORT', port: 4007, title: 'the audit' },
  sandbox: { variable: 'SANDBOX_PORT', port: 4010, title: 'the payment sandbox' },
  postgres: { variable: 'POSTGRES_PORT', port: 54321, title: 'PostgreSQL' },
  redis: { variable: 'REDIS_PORT', port: 56379, title: 'Redis' },
} as const

export type PortName = keyof typeof portSettings
export type Ports = Record<PortName, number>

export const portNames: readonly PortName[] = [
  'web',
  'admin',
  'gateway',
  'product',
  'order',
  'payment',
  'inventory',
  'identity',
  'notification',
  'audit',
  'sandbox',
  'postgres',
  'redis',
]

/** Throws one sentence when a port that is about to be used is not free. */
export async function assertPortsFree(ports: Ports, needed: readonly PortName[]): Promise<void> {
  const taken: PortName[] = []
  for (const name of needed) if (!(await isPortFree(ports[name]))) taken.push(name)
  if (taken.length > 0) throw new Problem(takenSentence(ports, taken))
}

export function takenSentence(ports: Ports, taken: readonly PortName[]): string {
  const list = taken.map((name) => `${ports[name]} (${portSettings[name].title})`).join(', ')
  const variables = taken.map((name) => portSettings[name].variable)
  const several = taken.length > 1
  return (
    `Port${several ? 's' : ''} ${list} ${several ? 'are' : 'is'} taken by another program. Stop it, or set ` +
    `${variables[0]} to a free port, or SOUK_PORT_OFFSET=10000 to move every port, in .env or the environment.`
  )
}

/** Browsers resolve localhost to ::1 first, so a stranger listening only there is in the way as well. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'))
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** The smallest offset from `start` on at which every port is free; for a shop that must not meet another. */
export async function findFreeOffset(start: number): Promise<number> {
  for (let offset = start; offset <= largestOffset; offset += 100) {
    const ports = portsAt(offset)
    const free = await Promise.all(portNames.map((name) => isPortFree(ports[name])))
    if (free.every(Boolean)) return offset
  }
  throw new Problem('No free range of ports was found. Stop programs that listen on ports above 20000.')
}

export const largestOffset = 59_000
const highestPort = 65_535

/** The defaults moved by `offset`; what would pass the highest port comes round 50000 lower. */
export function portsAt(offset: number): Ports {
  const moved = (name: PortName) => {
    const port = portSettings[name].port + offset
    return port > highestPort ? port - 50_000 : port
  }
  return {
    web: moved('web'),
    admin: moved('admin'),
    gateway: moved('gateway'),
    product: moved('product'),
    order: moved('order'),
    payment: moved('payment'),
    inventory: moved('inventory'),
    identity: moved('identity'),
    notification: moved('notification'),
    audit: moved('audit'),
    sandbox: moved('sandbox'),
    postgres: moved('postgres'),
    redis: moved('redis'),
  }
}
