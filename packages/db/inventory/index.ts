import { type ConnectOptions, connect, type Database } from '../src/connect.ts'
import { PrismaClient } from './generated/client.ts'

export type InventoryDatabase = Database<PrismaClient>

export function openInventoryDatabase(options: ConnectOptions): InventoryDatabase {
  return connect(options, (adapter) => new PrismaClient({ adapter }))
}
