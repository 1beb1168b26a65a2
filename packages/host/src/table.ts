import { relative } from 'node:path'
import { styleText } from 'node:util'
import type { Settings } from './settings.ts'

/** Where everything is and who may sign in, as one table. */
export function renderTable(settings: Settings, elapsedSeconds: number, howToStop: string): string {
  const rows: [string, string, string][] = [
    ['Storefront', settings.webUrl, 'the shop itself'],
    ['Admin', settings.adminUrl, 'for staff and the owner'],
    ['API', `${settings.gatewayUrl}/docs`, 'REST; tRPC at /trpc, OpenAPI at /openapi.json'],
    ['Payments', settings.sandboxUrl, 'a provider for trying things out'],
  ]
  const accounts: [string, string, string][] =
    settings.env.SOUK_DEMO === '1'
      ? [
          ['Owner', 'admin@souk.test', settings.env.SOUK_DEMO_PASSWORD],
          ['Staff', 'staff@souk.test', settings.env.SOUK_DEMO_PASSWORD],
          ['Customer', 'shopper@souk.test', settings.env.SOUK_DEMO_PASSWORD],
        ]
      : []
  const places: [string, string, string][] = [
    ['Data', shorten(settings.root, settings.dataFolder), 'logs are in logs/ inside'],
    ['Stop', howToStop, ''],
  ]
  const groups = [rows, accounts, places].filter((group) => group.length > 0)
  const widths = [0, 1].map((column) => Math.max(...groups.flat().map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `  ${(row[0] ?? '').padEnd(widths[0] ?? 0)}  ${(row[1] ?? '').padEnd(widths[1] ?? 0)}  ${styleText('dim', row[2] ?? '')}`.trimEnd()
  const title = `  ${styleText('bold', 'Souk is open')}  ${styleText('dim', `after ${elapsedSeconds.toFixed(1)} s`)}`
  return `\n${[title, ...groups.map((group) => group.map(line).join('\n'))].join('\n\n')}\n`
}

function shorten(root: string, folder: string): string {
  const short = relative(root, folder)
  return short.startsWith('..') ? folder : short || '.'
}
