import { BusOverview, DeadLetter, ReplayDeadLetter } from '@souk/events/contract'
import { pageOf } from '@souk/kernel/page'
import { z } from 'zod'
import * as contract from './contract.ts'
import { cancelCount } from './count/cancel-count.ts'
import { enterCounted } from './count/enter-counted.ts'
import { getCount } from './count/get-count.ts'
import { listCounts } from './count/list-counts.ts'
import { openCount } from './count/open-count.ts'
import { postCount } from './count/post-count.ts'
import { createLocation } from './location/create-location.ts'
import { listLocations } from './location/list-locations.ts'
import { reorderLocations } from './location/reorder-locations.ts'
import { updateLocation } from './location/update-location.ts'
import { createReceipt } from './receipt/create-receipt.ts'
import { listReceipts } from './receipt/list-receipts.ts'
import { rpc } from './rpc.ts'
import { adjustStock } from './stock/adjust.ts'
import { commitStock } from './stock/commit.ts'
import { configureStock } from './stock/configure.ts'
import { extendStock } from './stock/extend.ts'
import { getLevel } from './stock/get-level.ts'
import { getLevels } from './stock/get-levels.ts'
import { getReservation } from './stock/get-reservation.ts'
import { listLevels } from './stock/list-levels.ts'
import { listMovements } from './stock/list-movements.ts'
import { releaseStock } from './stock/release.ts'
import { reserveStock } from './stock/reserve.ts'
import { createTransfer } from './transfer/create-transfer.ts'
import { getTransfer } from './transfer/get-transfer.ts'
import { listTransfers } from './transfer/list-transfers.ts'
import { receiveTransfer } from './transfer/receive-transfer.ts'
import { returnTransfer } from './transfer/return-transfer.ts'
import { writeOffTransfer } from './transfer/write-off-transfer.ts'

export const inventoryRouter = rpc.router({
  stock: rpc.router({
    level: rpc
      .staffOrService('order', 'gateway')
      .input(contract.GetLevel)
      .output(contract.Level)
      .query(async ({ ctx, input }) => await getLevel(ctx, input)),
    levels: rpc
      .staffOrService('order', 'gateway')
      .input(contract.GetLevels)
      .output(z.object({ items: z.array(contract.Level) }))
      .query(async ({ ctx, input }) => await getLevels(ctx, input)),
    list: rpc.staff
      .input(contract.ListLevels)
      .output(pageOf(contract.Level))
      .query(async ({ ctx, input }) => await listLevels(ctx, input)),
    adjust: rpc.staff
      .input(contract.AdjustStock)
      .output(contract.Level)
      .mutation(async ({ ctx, input }) => await adjustStock(ctx, input)),
    configure: rpc.staff
      .input(contract.ConfigureStock)
      .output(contract.Level)
      .mutation(async ({ ctx, input }) => await configureStock(ctx, input)),
    reserve: rpc
      .service('order')
      .input(contract.ReserveStock)
      .output(contract.ReserveResult)
      .mutation(async ({ ctx, input }) => await reserveStock(ctx, input)),
    extend: rpc
      .service('order')
      .input(contract.ExtendReservation)
      .output(contract.ExtendResult)
      .mutation(async ({ ctx, input }) => await extendStock(ctx, input)),
    release: rpc
      .service('order')
      .input(contract.ReleaseStock)
      .output(contract.ReleaseResult)
      .mutation(async ({ ctx, input }) => await releaseStock(ctx, input)),
    commit: rpc
      .service('order')
      .input(contract.ForOrder)
      .output(contract.CommitResult)
      .mutation(async ({ ctx, input }) => await commitStock(ctx, input)),
    reservation: rpc
      .staffOrService('order')
      .input(contract.ForOrder)
      .output(contract.Reservation.nullable())
      .query(async ({ ctx, input }) => await getReservation(ctx, input)),
    movements: rpc.staff
      .input(contract.ListMovements)
      .output(pageOf(contract.Movement))
      .query(async ({ ctx, input }) => await listMovements(ctx, input)),
  }),
  location: rpc.router({
    list: rpc.staff
      .output(z.object({ items: z.array(contract.Location) }))
      .query(async ({ ctx }) => await listLocations(ctx)),
    create: rpc.staff
      .input(contract.CreateLocation)
      .output(contract.Location)
      .mutation(async ({ ctx, input }) => await createLocation(ctx, input)),
    update: rpc.staff
      .input(contract.UpdateLocation)
      .output(contract.Location)
      .mutation(async ({ ctx, input }) => await updateLocation(ctx, input)),
    reorder: rpc.staff
      .input(contract.ReorderLocations)
      .output(z.object({ items: z.array(contract.Location) }))
      .mutation(async ({ ctx, input }) => await reorderLocations(ctx, input)),
  }),
  transfer: rpc.router({
    list: rpc.staff
      .input(contract.ListTransfers)
      .output(pageOf(contract.Transfer))
      .query(async ({ ctx, input }) => await listTransfers(ctx, input)),
    get: rpc.staff
      .input(contract.ById)
      .output(contract.Transfer)
      .query(async ({ ctx, input }) => await getTransfer(ctx, input)),
    create: rpc.staff
      .input(contract.CreateTransfer)
      .output(contract.Transfer)
      .mutation(async ({ ctx, input }) => await createTransfer(ctx, input)),
    return: rpc.staff
      .input(contract.ResolveTransfer)
      .output(contract.Transfer)
      .mutation(async ({ ctx, input }) => await returnTransfer(ctx, input)),
    writeOff: rpc.staff
      .input(contract.ResolveTransfer)
      .output(contract.Transfer)
      .mutation(async ({ ctx, input }) => await writeOffTransfer(ctx, input)),
    receive: rpc.staff
      .input(contract.ReceiveTransfer)
      .output(contract.Transfer)
      .mutation(async ({ ctx, input }) => await receiveTransfer(ctx, input)),
  }),
  count: rpc.router({
    list: rpc.staff
      .input(contract.ListCounts)
      .output(pageOf(contract.StockCount))
      .query(async ({ ctx, input }) => await listCounts(ctx, input)),
    get: rpc.staff
      .input(contract.ById)
      .output(contract.StockCount)
      .query(async ({ ctx, input }) => await getCount(ctx, input)),
    open: rpc.staff
      .input(contract.OpenCount)
      .output(contract.StockCount)
      .mutation(async ({ ctx, input }) => await openCount(ctx, input)),
    enter: rpc.staff
      .input(contract.EnterCounted)
      .output(contract.StockCount)
      .mutation(async ({ ctx, input }) => await enterCounted(ctx, input)),
    post: rpc.staff
      .input(contract.ById)
      .output(contract.StockCount)
      .mutation(async ({ ctx, input }) => await postCount(ctx, input)),
    cancel: rpc.staff
      .input(contract.ById)
      .output(contract.StockCount)
      .mutation(async ({ ctx, input }) => await cancelCount(ctx, input)),
  }),
  receipt: rpc.router({
    list: rpc.staff
      .input(contract.ListReceipts)
      .output(pageOf(contract.Receipt))
      .query(async ({ ctx, input }) => await listReceipts(ctx, input)),
    create: rpc.staff
      .input(contract.CreateReceipt)
      .output(contract.Receipt)
      .mutation(async ({ ctx, input }) => await createReceipt(ctx, input)),
  }),
  operations: rpc.router({
    overview: rpc.staff.output(BusOverview).query(async ({ ctx }) => await ctx.bus.overview()),
    deadLetters: rpc.staff
      .output(z.object({ items: z.array(DeadLetter) }))
      .query(async ({ ctx }) => ({ items: await ctx.bus.deadLetters() })),
    replay: rpc.staff
      .input(ReplayDeadLetter)
      .output(DeadLetter)
      .mutation(async ({ ctx, input }) => await ctx.bus.replay(input.id)),
  }),
})

export type InventoryRouter = typeof inventoryRouter
