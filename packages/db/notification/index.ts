import { type ConnectOptions, connect, type Database } from '../src/connect.ts'
import { PrismaClient } from './generated/client.ts'

export type NotificationDatabase = Database<PrismaClient>

export function openNotificationDatabase(options: ConnectOptions): NotificationDatabase {
  return connect(options, (adapter) => new PrismaClient({ adapter }))
}
