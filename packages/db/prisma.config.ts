import { defineConfig } from 'prisma/config'

/** One configuration for six databases: SOUK_DB names the folder. `prisma generate` needs no database. */
const name = process.env.SOUK_DB ?? 'order'
const url = process.env[`${name.toUpperCase()}_DATABASE_URL`]

export default defineConfig({
  schema: `${name}/schema.prisma`,
  migrations: { path: `${name}/migrations` },
  ...(url ? { datasource: { url } } : {}),
})
