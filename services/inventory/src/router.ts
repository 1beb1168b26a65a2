import { BusOverview, DeadLetter, ReplayDeadLetter } from '@souk/events/contract'
import { pageOf } from '@souk/kernel/page'
import { z } from 'zod'
import * as contract from './contract.ts'
import { listLocations } from './location/list-locations.ts'
import { rpc } from './rpc.ts'
import { adjustStock } from './stock/adjust.ts'
import { commitStock } from './stock/commit.ts'
import { getLevel } from './stock/get-level.ts'
import { getLevels } from './stock/get-levels.ts'
import { getReservation } from './stock/get-reservation.ts'
import { listLevels } from './stock/list-levels.ts'
import { listMovements } from './stock/list-movements.ts'
import { releaseStock } from './stock/release.ts'
import { reserveStock } from './stock/reserve.ts'

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
    reserve: rpc
      .service('order')
      .input(contract.ReserveStock)
      .output(contract.ReserveResult)
      .mutation(async ({ ctx, input }) => await reserveStock(ctx, input)),
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
