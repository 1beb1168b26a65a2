import type { AuditRouter } from '@souk/audit-service/router'
import { serviceTokenVerifier } from '@souk/auth/service-token'
import type { IdentityRouter } from '@souk/identity/router'
import type { InventoryRouter } from '@souk/inventory/router'
import { AppError } from '@souk/kernel/errors'
import type { Principal } from '@souk/kernel/principal'
import type { NotificationRouter } from '@souk/notification/router'
import type { OrderRouter } from '@souk/order/router'
import type { PaymentRouter } from '@souk/payment/router'
import type { ProductRouter } from '@souk/product/router'
import { createLog } from '@souk/service/log'
import { describeError } from '@souk/service/rpc'
import { createHttpServer, type HttpServer } from '@souk/service/serve'
import { testSecret } from '@souk/testing/service-harness'
import type { AnyTRPCRouter, inferRouterInputs, inferRouterOutputs } from '@trpc/server'

/** One call as a neighbour saw it. */
export type Call = {
  path: string
  input: unknown
  actor: Principal
  caller: string
  idempotencyKey: string | undefined
  requestId: string | undefined
  timeoutMs: number
  /** Says in the answer that it is that of an earlier command. */
  markReplay(): void
}

type PathsOf<Tree> = {
  [Group in keyof Tree & string]: `${Group}.${keyof Tree[Group] & string}`
}[keyof Tree & string]
type At<Tree, Path> = Path extends `${infer Group}.${infer Name}`
  ? Group extends keyof Tree
    ? Name extends keyof Tree[Group]
      ? Tree[Group][Name]
      : never
    : never
  : never

/** What a neighbour answers, by procedure and typed by its real router. */
export type AnswersOf<Router extends AnyTRPCRouter> = {
  [Path in PathsOf<inferRouterOutputs<Router>>]?: (
    input: At<inferRouterInputs<Router>, Path>,
    call: Call,
  ) => At<inferRouterOutputs<Router>, Path> | Promise<At<inferRouterOutputs<Router>, Path>>
}
type Answer = (input: never, call: Call) => unknown

export type Neighbour<Router extends AnyTRPCRouter = AnyTRPCRouter> = {
  url: string
  /** Every call so far, oldest first. */
  calls: Call[]
  callsTo(path: PathsOf<inferRouterOutputs<Router>>): Call[]
  /** Replaces some answers. */
  answer(answers: AnswersOf<Router>): void
  server: HttpServer
  stop(): Promise<void>
}

export type Webhook = {
  provider: string
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

export type Neighbours = {
  /** `pictureLoads`: paths of the pictures that were asked for. */
  product: Neighbour<ProductRouter> & { pictureLoads: string[] }
  order: Neighbour<OrderRouter>
  payment: Neighbour<PaymentRouter> & { onWebhook: (hook: Webhook) => { status: number; body: string } }
  inventory: Neighbour<InventoryRouter>
  identity: Neighbour<IdentityRouter>
  notification: Neighbour<NotificationRouter>
  audit: Neighbour<AuditRouter>
}

/** A neighbour that speaks the real wire protocol over HTTP, checks the token, and answers what the test says. */
export async function startNeighbour<Router extends AnyTRPCRouter>(
  name: string,
  initial: AnswersOf<Router>,
  routes: (server: HttpServer) => void = () => {},
): Promise<Neighbour<Router>> {
  const log = createLog({ service: name, instance: 'test', level: 'silent' })
  const server = createHttpServer({ log, ready: {} })
  const verify = serviceTokenVerifier(name, testSecret)
  const calls: Call[] = []
  const answers = new Map<string, Answer>()
  const answer = (given: AnswersOf<Router>) => {
    for (const [path, one] of Object.entries(given)) answers.set(path, one as Answer)
  }
  answer(initial)
  server.app.post<{ Params: { path: string } }>('/rpc/:path', async (request, reply) => {
    const { path } = request.params
    const { caller, actor } = await verify(String(request.headers.authorization).replace('Bearer ', ''))
    let isReplay = false
    const call: Call = {
      path,
      input: request.body ?? undefined,
      actor,
      caller,
      idempotencyKey: textOf(request.headers['idempotency-key']),
      requestId: textOf(request.headers['x-request-id']),
      timeoutMs: Number(request.headers['x-timeout-ms']),
      markReplay: () => {
        isReplay = true
      },
    }
    calls.push(call)
    try {
      const found = answers.get(path)
      if (!found) throw new AppError('NOT_FOUND', `The test gives no answer for ${name} ${path}`)
      const result = await found(call.input as never, call)
      return await reply.send({ result: result ?? null, ...(isReplay ? { isReplay } : {}) })
    } catch (error) {
      const described = describeError(error)
      return await reply.code(described.data.httpStatus).send({ error: described })
    }
  })
  routes(server)
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    callsTo: (path) => calls.filter((call) => call.path === path),
    answer,
    server,
    stop: async () => await server.stop(),
  }
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
