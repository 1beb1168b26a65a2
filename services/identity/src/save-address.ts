import { AppError, notFound } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { once } from '@souk/service/idempotency'
import { lockAccount } from './account-store.ts'
import { addressesOf, clearDefault, writeAddress } from './address-store.ts'
import { accountGone, actingPerson, type IdentityContext } from './context.ts'
import { MAX_ADDRESSES, type SaveAddress, type SavedAddress } from './contract.ts'

/** Adds an address, or replaces the one with the given id. The first is the default until another is made it. */
export async function saveAddress(ctx: IdentityContext, input: SaveAddress): Promise<SavedAddress> {
  const { userId } = actingPerson(ctx)
  const command = { operation: 'address.save', principal: ctx.principal, input }
  return await once(ctx.db, command, async (tx) => {
    // The account's row is the lock on the number of addresses and on the one default.
    if (!(await lockAccount(tx, userId))) throw accountGone()
    const existing = await addressesOf(tx, userId)
    const replaced = existing.find(({ id }) => id === input.id)
    if (input.id !== undefined && !replaced) throw notFound('address')
    if (!replaced && existing.length >= MAX_ADDRESSES) throw tooMany()
    const isDefault = input.isDefault || existing.length === 0 || replaced?.isDefault === true
    if (isDefault) await clearDefault(tx, userId)
    const address = { id: input.id ?? newId(), address: input.address, isDefault }
    const saved = await writeAddress(tx, userId, address, ctx.clock.now())
    if (!saved) throw notFound('address')
    return saved
  })
}

function tooMany(): AppError {
  return new AppError('INVALID_STATE', `You can save ${MAX_ADDRESSES} addresses. Remove one first.`, {
    details: { reason: 'too_many_addresses' },
  })
}
