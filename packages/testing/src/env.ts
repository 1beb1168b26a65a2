/** Where tests find their servers; `npm test` starts private ones and sets both. */
export const testServers = {
  databaseUrl: process.env.SOUK_TEST_DATABASE_URL ?? 'postgres://postgres:postgres@127.0.0.1:54999/postgres',
  redisUrl: process.env.SOUK_TEST_REDIS_URL ?? 'redis://127.0.0.1:63999',
}
