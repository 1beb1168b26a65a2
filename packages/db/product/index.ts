import { type ConnectOptions, connect, type Database } from '../src/connect.ts'
import { PrismaClient } from './generated/client.ts'

export type { PrismaClient } from './generated/client.ts'
export type ProductDatabase = Database<PrismaClient>

export function openProductDatabase(options: ConnectOptions): ProductDatabase {
  return connect(options, (adapter) => new PrismaClient({ adapter }))
}
