import type { BusOverview, DeadLetter } from '@souk/events/contract'
import { DeadLetterList, EventsOverview, ReplayLetter, ServiceDeadLetter } from '../../contract.ts'
import { router, staffProcedure } from '../../rpc.ts'
import { type ServiceName, serviceNames } from '../../service-names.ts'
import type { Services } from '../../services.ts'

export const adminEventsRouter = router({
  overview: staffProcedure.output(EventsOverview).query(async ({ ctx }) => {
    const answers = await askAll(async (name) => await operationsOf(ctx.services, name).overview.query())
    return { services: answers.map(({ service, answer }) => ({ service, overview: answer ?? null })) }
  }),
  deadLetters: staffProcedure.output(DeadLetterList).query(async ({ ctx }) => {
    const answers = await askAll(async (name) => await operationsOf(ctx.services, name).deadLetters.query())
    const items = answers.flatMap(({ service, answer }) =>
      (answer?.items ?? []).map((letter) => ({ envelope: undefined, ...letter, service })),
    )
    return {
      items: items.sort((a, b) => b.failedAt.localeCompare(a.failedAt)),
      unreachable: answers.filter(({ answer }) => !answer).map(({ service }) => service),
    }
  }),
  replay: staffProcedure
    .input(ReplayLetter)
    .output(ServiceDeadLetter)
    .mutation(async ({ ctx, input }) => ({
      envelope: undefined,
      ...(await operationsOf(ctx.services, input.service).replay.mutate({ id: input.id })),
      service: input.service,
    })),
})

/** JSON has no `undefined`, so an unknown value may be missing on the wire. */
type SentLetter = Omit<DeadLetter, 'envelope'> & { envelope?: unknown }
/** What every service answers about its events, the same in each. */
type Operations = {
  overview: { query(): Promise<BusOverview> }
  deadLetters: { query(): Promise<{ items: SentLetter[] }> }
  replay: { mutate(input: { id: string }): Promise<SentLetter> }
}

function operationsOf(services: Services, name: ServiceName): Operations {
  return services[name].operations
}

/** One service that is down must not hide the others. */
async function askAll<Answer>(ask: (service: ServiceName) => Promise<Answer>) {
  return await Promise.all(
    serviceNames.map(async (service) => ({ service, answer: await ask(service).catch(() => undefined) })),
  )
}
