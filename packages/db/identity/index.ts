import { type ConnectOptions, connect, type Database } from '../src/connect.ts'
import { PrismaClient } from './generated/client.ts'

export type IdentityDatabase = Database<PrismaClient>

export function openIdentityDatabase(options: ConnectOptions): IdentityDatabase {
  return connect(options, (adapter) => new PrismaClient({ adapter }))
}
