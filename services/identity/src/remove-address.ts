import { notFound } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import { lockAccount } from './account-store.ts'
import { addressesOf, deleteAddress, makeDefault } from './address-store.ts'
import { accountGone, actingPerson, type IdentityContext } from './context.ts'
import type { AddressRef } from './contract.ts'

/** When the default goes, the newest of the others takes its place. */
export async function removeAddress(ctx: IdentityContext, input: AddressRef): Promise<{ ok: true }> {
  const { userId } = actingPerson(ctx)
  const command = { operation: 'address.remove', principal: ctx.principal, input }
  return await once(ctx.db, command, async (tx) => {
    if (!(await lockAccount(tx, userId))) throw accountGone()
    if (!(await deleteAddress(tx, userId, input.id))) throw notFound('address')
    const [next] = await addressesOf(tx, userId)
    if (next && !next.isDefault) await makeDefault(tx, next.id)
    return { ok: true }
  })
}
