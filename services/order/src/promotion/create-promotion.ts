import { classifyDbError } from '@souk/db/errors'
import { AppError } from '@souk/kernel/errors'
import { once } from '@souk/service/idempotency'
import type { OrderContext } from '../context.ts'
import type { CreatePromotion, StaffPromotion } from '../contract.ts'
import { actorOf } from '../order/access.ts'
import { writePriceChange } from '../pricing/change-store.ts'
import { invalidField } from '../pricing/price-change.ts'
import { findStaffPromotion, insertPromotion } from './staff-store.ts'
import { viewPromotion } from './view-promotion.ts'

export async function createPromotion(ctx: OrderContext, input: CreatePromotion): Promise<StaffPromotion> {
  const command = { operation: 'promotion.create', principal: ctx.principal, input }
  const { name: actor } = actorOf(ctx.principal)
  const made = await refuseTakenCode(
    async () =>
      await once(ctx.db, command, async (tx) => {
        if (!(await insertPromotion(tx, input))) throw idTaken()
        const { id, name: _name, code: _code, ...details } = input
        const row = await findStaffPromotion(tx, id)
        if (!row) throw new Error('The promotion that was just written is not there')
        const subject = row.code ?? row.name
        await writePriceChange(tx, { actor, action: 'promotion_created', subject, details })
        return viewPromotion(row, ctx.clock.now())
      }),
  )
  await ctx.announcePrices()
  return made
}

export async function refuseTakenCode<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const failure = classifyDbError(error)
    if (failure.kind === 'unique' && failure.constraint === 'promotion_code_key') {
      throw invalidField('code', 'Another promotion has this code')
    }
    throw error
  }
}

function idTaken(): AppError {
  return new AppError('CONFLICT', 'This promotion id is taken. Use a new one.', {
    details: { reason: 'id_taken' },
  })
}
