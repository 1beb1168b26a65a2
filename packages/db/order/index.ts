import { type ConnectOptions, connect, type Database } from '../src/connect.ts'
import { PrismaClient } from './generated/client.ts'

export type OrderDatabase = Database<PrismaClient>

export function openOrderDatabase(options: ConnectOptions): OrderDatabase {
  return connect(options, (adapter) => new PrismaClient({ adapter }))
}
