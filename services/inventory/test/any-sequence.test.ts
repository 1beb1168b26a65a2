import { newId } from '@souk/kernel/id'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fillBackorders } from '../src/stock/fill-backorders.ts'
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
  const placeAt = (index: number) => locations[index] ?? ''
  const orderAt = (index: number) => orderIds[index] ?? ''

  const transfers: string[] = []

  async function send(command: Command): Promise<string> {
    if ('order' in command) return await sendOfOrder(command)
    if (command.verb === 'arrive') {
      const id = transfers.shift()
      if (id === undefined) return 'nothing_sent'
      const [sent] = (await shop.staff.transfer.get.query({ id })).lines
      const lines = sent && [{ sku: sent.sku, received: Math.max(0, sent.missing - command.missing) }]
      return (await shop.staff.transfer.receive.mutate({ id, lines })).status
    }
    if (command.verb === 'resolve') return await resolve(command)
    const sku = skuAt(command.sku)
    if (command.verb === 'configure') {
      await shop.staff.stock.configure.mutate({ sku, backorderLimit: command.limit })
      return 'configured'
    }
    if (command.verb === 'transfer') {
      const { from, quantity, isReceived } = command
      const made = await shop.staff.transfer.create.mutate({
        fromLocationId: placeAt(from),
        toLocationId: placeAt(1 - from),
        lines: [{ sku, quantity }],
        isReceived,
      })
      if (made.status === 'dispatched') transfers.push(made.id)
      return made.status
    }
    const locationId = placeAt(command.at)
    if (command.verb === 'adjust') {
      await shop.staff.stock.adjust.mutate({ sku, delta: command.delta, reason: 'counted', locationId })
      return 'adjusted'
    }
    if (command.verb === 'receive') {
      await shop.staff.receipt.create.mutate({ locationId, lines: [{ sku, quantity: command.quantity }] })
      return 'posted'
    }
    return await count(locationId, sku, command.counted)
  }

  async function resolve({ quantity, isLost }: Command & { verb: 'resolve' }): Promise<string> {
    const [id] = transfers
    if (id === undefined) return 'nothing_sent'
    const [sent] = (await shop.staff.transfer.get.query({ id })).lines
    const lines = sent && [{ sku: sent.sku, quantity }]
    const { transfer } = shop.staff
    const { status } = await (isLost ? transfer.writeOff : transfer.return).mutate({ id, lines })
    if (status === 'cancelled') transfers.shift()
    return status
  }

  async function count(locationId: string, sku: string, counted: number): Promise<string> {
    const { id } = await shop.staff.count.open.mutate({ locationId })
    try {
      await shop.staff.count.enter.mutate({ id, lines: [{ sku, counted }] })
      return (await shop.staff.count.post.mutate({ id })).status
    } catch (error) {
      await shop.staff.count.cancel.mutate({ id })
      throw error
    }
  }

  async function sendOfOrder(command: Extract<Command, { order: number }>): Promise<string> {
    const orderId = orderAt(command.order)
    switch (command.verb) {
      case 'reserve': {
        const lines = command.lines.map(({ sku, quantity }) => ({ sku: skuAt(sku), quantity }))
        const result = await shop.order.stock.reserve.mutate({ orderId, lines, ttlSeconds: 600 })
        return result.status === 'ended' ? `ended as ${result.as}` : result.status
      }
      case 'commit':
        return (await shop.order.stock.commit.mutate({ orderId })).status
      case 'extend':
        return (await shop.order.stock.extend.mutate({ orderId, ttlSeconds: 900 })).status
      case 'release':
        return (await shop.order.stock.release.mutate({ orderId, reason: 'test' })).status
      case 'expire':
        await shop.overdue(orderId)
        await sweepExpired({ db: shop.db, bus: { wake: () => {} }, lowStockThreshold })
        return 'swept'
      case 'cancel': {
        const undo = { orderId, eventId: newId(), eventName: 'order.cancelled', reason: 'test' }
        await shop.db.transaction(async (tx) => await undoOrder({ lowStockThreshold }, tx, undo))
        return 'undone'
      }
    }
  }

  return {
    send: async (command: Command) =>
      await send(command).catch(
        (error: { code?: string; details?: { reason?: string } }) => error.details?.reason ?? error,
      ),
    /** What the job does every second, now. */
    fill: async () => await fillBackorders({ db: shop.db, bus: { wake: () => {} }, lowStockThreshold }),
    owed: async () => await Promise.all(skus.map(async (sku) => (await shop.level(sku)).backordered)),
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
        await run.fill()
        expect(await run.levels()).toEqual(model.shelves)
        expect(await run.owed()).toEqual(model.owed())
        await expectSoundRows(shop.service)
      }
    }),
    { numRuns: 16 },
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
    { numRuns: 16 },
  )
}, 180_000)
