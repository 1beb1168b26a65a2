import 'server-only'
import { readSoukError } from '@souk/api/client-error'
import type { SavedAddress, User } from '@souk/identity/contract'
import type { MyCredit } from '@souk/payment/contract'
import { redirect } from 'next/navigation'
import { paths } from '../paths.ts'
import { gatewayFor } from './gateway.ts'
import { requireSession } from './session.ts'

type Gateway = Awaited<ReturnType<typeof gatewayFor>>

/** Reads something of the customer's own. A session that was ended elsewhere leads to signing in again. */
export async function readAsCustomer<T>(
  returnTo: string,
  read: (gateway: Gateway) => Promise<T>,
): Promise<T> {
  const session = await requireSession(returnTo)
  try {
    return await read(await gatewayFor(session.accessToken))
  } catch (error) {
    if (readSoukError(error).code === 'UNAUTHENTICATED') redirect(`${paths.signIn(returnTo)}&ended=1`)
    throw error
  }
}

export async function readProfile(): Promise<User> {
  return await readAsCustomer(paths.account(), (gateway) => gateway.account.me.query())
}

export async function readAddresses(): Promise<SavedAddress[]> {
  const { items } = await readAsCustomer(paths.accountAddresses(), (gateway) => gateway.address.list.query())
  return items
}

export async function readStoreCredit(): Promise<MyCredit> {
  return await readAsCustomer(paths.accountCredit(), (gateway) => gateway.credit.mine.query())
}
