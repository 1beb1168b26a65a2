import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sourceHash } from '../src/source-hash.ts'
import { temporaryFolder } from './harness.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

function write(path: string, text: string): void {
  const full = join(folder.path, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, text)
}

const hash = () => sourceHash(folder.path, 'apps/web')

write('package-lock.json', '{}')
write('tsconfig.base.json', '{}')
write('apps/web/package.json', '{}')
write('apps/web/next.config.ts', 'export default {}')
write('apps/web/public/logo.svg', '<svg/>')
write(
  'apps/web/src/page.tsx',
  `import { price } from '@souk/kernel/price'
   import type { Order } from '@souk/order/router'
   export { Button } from '@souk/ui'`,
)
write('packages/kernel/package.json', '{"exports":{"./*":"./src/*.ts"}}')
write('packages/kernel/src/price.ts', `import { round } from './round.ts'\nexport const price = round`)
write('packages/kernel/src/round.ts', 'export const round = 1')
write('packages/kernel/src/unused.ts', 'export const unused = 1')
write('packages/ui/package.json', '{"exports":{".":"./src/index.ts"}}')
write('packages/ui/src/index.ts', `import './tokens.css'\nexport const Button = 1`)
write('packages/ui/src/tokens.css', ':root{}')
write('services/order/package.json', '{"exports":{"./router":"./src/router.ts"}}')
write('services/order/src/router.ts', 'export type Order = 1')
mkdirSync(join(folder.path, 'node_modules/@souk'), { recursive: true })
for (const [name, target] of [
  ['kernel', 'packages/kernel'],
  ['ui', 'packages/ui'],
  ['order', 'services/order'],
] as const) {
  symlinkSync(join(folder.path, target), join(folder.path, 'node_modules/@souk', name))
}

test.each([
  [
    'its own page',
    'apps/web/src/page.tsx',
    `import { price } from '@souk/kernel/price'\nexport { Button } from '@souk/ui'`,
  ],
  ['its configuration', 'apps/web/next.config.ts', 'export default { reactStrictMode: true }'],
  ['a picture', 'apps/web/public/logo.svg', '<svg></svg>'],
  [
    'a package it imports',
    'packages/kernel/src/price.ts',
    `import { round } from './round.ts'\nexport const price = 2`,
  ],
  ['what that package imports', 'packages/kernel/src/round.ts', 'export const round = 2'],
  ['a style sheet of the design system', 'packages/ui/src/tokens.css', ':root{--a:1}'],
  ['the lock file', 'package-lock.json', '{"lockfileVersion":3}'],
])('a change to %s asks for a new build', (_, path, text) => {
  const before = hash()
  write(path, text)
  expect(hash()).not.toBe(before)
  expect(hash()).toBe(hash())
})

test.each([
  ['a service of which only types are used', 'services/order/src/router.ts', 'export type Order = 2'],
  ['a file that nothing imports', 'packages/kernel/src/unused.ts', 'export const unused = 2'],
  ['a test', 'apps/web/src/page.test.tsx', 'test()'],
  ['what Next writes itself', 'apps/web/next-env.d.ts', '// generated'],
])('a change to %s does not', (_, path, text) => {
  const before = hash()
  write(path, text)
  expect(hash()).toBe(before)
})
