import { describe, expect, test } from 'vitest'
import { projectFiles, readProjectFile } from './source-tree.ts'

const databases = ['product', 'order', 'payment', 'inventory', 'identity', 'notification'] as const
const shared = modelsOf(readProjectFile('packages/db/src/shared-models.prisma'))

function modelsOf(schema: string): Map<string, string> {
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)]
  return new Map(models.map(([, name = '', body = '']) => [name, body.replace(/\s+/g, ' ').trim()]))
}

describe.each(databases)('the %s database', (name) => {
  test('has the shared tables in the shared form', () => {
    const models = modelsOf(readProjectFile(`packages/db/${name}/schema.prisma`))
    for (const [model, body] of shared) expect(models.get(model), model).toBe(body)
  })

  test('has the index that the outbox relay reads by', () => {
    const migrations = projectFiles().filter(
      (path) => path.startsWith(`packages/db/${name}/migrations/`) && path.endsWith('.sql'),
    )
    expect(migrations.map(readProjectFile).join('\n')).toMatch(
      /index outbox_unpublished on outbox \(seq\) where published_at is null/i,
    )
  })
})
