import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Every database of the shop; each belongs to the service of the same name. */
export const databaseNames = ['product', 'order', 'payment', 'inventory', 'identity', 'notification'] as const

export type DatabaseName = (typeof databaseNames)[number]

export function isDatabaseName(value: string): value is DatabaseName {
  return databaseNames.some((name) => name === value)
}

export function databaseFolder(name: DatabaseName): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url))
}

export const schemaPath = (name: DatabaseName): string => `${databaseFolder(name)}/schema.prisma`

export const migrationsFolder = (name: DatabaseName): string => `${databaseFolder(name)}/migrations`

export function databasesWithSchema(): DatabaseName[] {
  return databaseNames.filter((name) => existsSync(schemaPath(name)))
}
