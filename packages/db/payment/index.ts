import { type ConnectOptions, connect, type Database } from '../src/connect.ts'
import { PrismaClient } from './generated/client.ts'

export type PaymentDatabase = Database<PrismaClient>

export function openPaymentDatabase(options: ConnectOptions): PaymentDatabase {
  return connect(options, (adapter) => new PrismaClient({ adapter }))
}
