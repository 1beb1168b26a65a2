import { newId } from '@souk/kernel/id'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sweepExpired } from '../src/stock/sweep-expired.ts'
import { undoOrder } from '../src/stock/undo-order.ts'
import { type InventoryHarness, lowStockThreshold, mainLocation, startInventoryHarness } from './harness.ts'
import { anyCommand, type Command, createModel, skuCount } from './model.ts'
import { expectSoundLedger, expectSoundRows } from './sound-ledger.ts'

let shop: InventoryHarness
let locations: string[]
beforeAll(async () => {
  shop = await startInventoryHarness()
  locations = [mainLocation, await shop.addLocation(200)]
})
afterAll(async () => {
  await expectSoundLedger(shop.service)
  await shop.stop()
})

/** One run of the property: its own SKUs and orders. */
async function startRun() {
  const skus = await Promise.all(Array.from({ length: skuCount }, async () => await shop.sku(0)))
  const orderIds = Array.from({ length: 6 }, () => newId())
  const skuAt = (index: number) => skus[index] ?? ''
  const orderAt = (index: number) => orderIds[index] ?? ''

  async function send(command: Command): Promise<string> {
    if (command.verb === 'adjust') {
      const { sku, delta, at } = command
      const input = { sku: skuAt(sku), delta, reason: 'counted', locationId: locations[at] }
      await shop.staff.stock.adjust.mutate(input)
      return 'adjusted'
    }
    const orderId = orderAt(command.order)
    if (command.verb === 'reserve') {
      const lines = command.lines.map(({ sku, quantity }) => ({ sku: skuAt(sku), quantity }))
      const result = await shop.order.stock.reserve.mutate({ orderId, lines, ttlSeconds: 600 })
      return result.status === 'ended' ? `ended as ${result.as}` : result.status
    }
    if (command.verb === 'commit') return (await shop.order.stock.commit.mutate({ orderId })).status
    if (command.verb === 'release') {
      return (await shop.order.stock.release.mutate({ orderId, reason: 'test' })).status
    }
    if (command.verb === 'expire') {
      await shop.overdue(orderId)
      await sweepExpired({ db: shop.db, bus: { wake: () => {} }, lowStockThreshold })
      return 'swept'
    }
    const undo = { orderId, eventId: newId(), eventName: 'order.cancelled', reason: 'test' }
    await shop.db.transaction(async (tx) => await undoOrder({ lowStockThreshold }, tx, undo))
    return 'undone'
  }

  return {
    send: async (command: Command) =>
      await send(command).catch((error: { details?: { reason?: string } }) => error.details?.reason ?? error),
    levels: async () =>
      await Promise.all(
        skus.map(async (sku) => {
          const level = await shop.level(sku)
          return locations.map((id) => {
            const at = level.locations.find((location) => location.id === id)
            return { onHand: at?.onHand ?? 0, reserved: at?.reserved ?? 0 }
          })
        }),
      ),
  }
}

it('answers any sequence of commands as promised, and the ledger explains every level after each', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyCommand, { minLength: 5, maxLength: 25 }), async (commands) => {
      const model = createModel()
      const run = await startRun()
      for (const command of commands) {
        expect(await run.send(command), JSON.stringify(command)).toBe(model.apply(command))
        expect(await run.levels()).toEqual(model.shelves)
        await expectSoundRows(shop.service)
      }
    }),
    { numRuns: 25 },
  )
}, 180_000)

it('keeps the ledger sound when any commands come all at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyCommand, { minLength: 10, maxLength: 40 }), async (commands) => {
      const run = await startRun()
      const answers = await Promise.all(commands.map(async (command) => await run.send(command)))
      // Every answer is one of ours: no error of the database reaches a caller.
      for (const answer of answers) expect(answer).toBeTypeOf('string')
      await expectSoundRows(shop.service)
    }),
    { numRuns: 25 },
  )
}, 180_000)
