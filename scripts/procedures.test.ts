import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

type Procedures = Record<string, { type: string; hasOutput: boolean }>

const routers = {
  product: ['services/product/src/router.ts', 'productRouter'],
  order: ['services/order/src/router.ts', 'orderRouter'],
  payment: ['services/payment/src/router.ts', 'paymentRouter'],
  inventory: ['services/inventory/src/router.ts', 'inventoryRouter'],
  identity: ['services/identity/src/router.ts', 'identityRouter'],
  notification: ['services/notification/src/router.ts', 'notificationRouter'],
  audit: ['services/audit/src/router.ts', 'auditRouter'],
  gateway: ['packages/api/src/router.ts', 'appRouter'],
} as const

/** In a process of its own on the node that runs the services, so that what is checked is what runs. */
function proceduresOf([file, name]: readonly [string, string]): Procedures {
  const script = `
    const { ${name}: router } = await import(${JSON.stringify(resolve(import.meta.dirname, '..', file))})
    const entries = Object.entries(router._def.procedures).map(([path, procedure]) =>
      [path, { type: procedure._def.type, hasOutput: Boolean(procedure._def.output) }])
    process.stdout.write(JSON.stringify(Object.fromEntries(entries)))`
  return JSON.parse(execFileSync('node', ['--input-type=module', '-e', script], { encoding: 'utf8' }))
}

describe.each(Object.entries(routers))('the procedures of %s', (_name, router) => {
  test('all declare what they answer', () => {
    const procedures = proceduresOf(router)
    expect(Object.keys(procedures).length).toBeGreaterThan(1)
    const silent = Object.entries(procedures).filter(
      ([, { hasOutput, type }]) => !hasOutput && type !== 'subscription',
    )
    expect(silent.map(([path]) => path)).toEqual([])
  })
})
