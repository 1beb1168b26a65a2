import * as inventory from '@souk/inventory/contract'
import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import * as payment from '@souk/payment/contract'
import * as product from '@souk/product/contract'
import { createRpc, type RpcContext } from '@souk/service/rpc'
import { startFakeService } from '@souk/testing/fake-service'
import { z } from 'zod'

/** What the neighbours were asked, and what they are told to answer. Tests set the fields they care about. */
export type Neighbours = {
  prices: Map<string, number>
  /** SKUs that are variants of the product of another SKU. */
  variantOf: Map<string, string>
  stock: Map<string, number>
  /** How many more than are there may be sold. */
  backorders: Map<string, number>
  /** When the next delivery of a SKU is expected. */
  expected: Map<string, string>
  /** Orders whose reservation was asked to last longer. */
  extended: string[]
  reservations: Map<
    string,
    {
      status: 'active' | 'committed' | 'released' | 'expired'
      lines: { sku: string; quantity: number }[]
      promised?: { sku: string; quantity: number }[]
      expiresAt?: string
    }
  >
  payments: Map<string, payment.PaymentState>
  charges: string[]
  /** Codes of gift cards, and whose store credit there is, with the ids that payment knows them by. */
  credits: Map<string, string>
  starts: payment.StartPayment[]
  started: payment.StartPayment[]
  /** Refunds by their id, and how often each was asked for. */
  refunds: Map<
    string,
    Pick<payment.CreateRefund, 'paymentId' | 'to' | 'recipientEmail'> & {
      amountMinor: number | undefined
      asked: number
    }
  >
  /** Answers a refund; throws to be unreachable or to refuse. */
  decideRefund: (asked: number) => payment.Refund['status']
  /** Answers a payment by its token; throws to be unreachable. */
  decide: (token: string) => Pick<payment.PaymentState, 'status' | 'action' | 'failure'>
  /** May throw, or take its time. */
  beforeReserve: () => void | Promise<void>
  beforeRelease: () => void
  /** Throws before, or after, the sale is written, as when inventory or its answer is lost. */
  beforeCommit: () => void
  afterCommit: () => void
  /** Throws to be unreachable. */
  beforeSync: () => void
  urls: { PRODUCT_URL: string; INVENTORY_URL: string; PAYMENT_URL: string }
  stop(): Promise<void>
}

const rpc = createRpc<RpcContext>()
const captured = { status: 'captured', action: null, failure: null } as const

export function decideByToken(token: string): Pick<payment.PaymentState, 'status' | 'action' | 'failure'> {
  if (token === 'tok_declined') {
    return {
      status: 'declined',
      action: null,
      failure: { code: 'declined', message: 'The card was declined.' },
    }
  }
  if (token === 'tok_3ds') {
    return {
      status: 'requires_action',
      action: { type: 'redirect', url: 'http://bank.test/3ds', expiresAt: null },
      failure: null,
    }
  }
  if (token === 'tok_unknown') return { status: 'unknown', action: null, failure: null }
  if (token === 'tok_crash') throw new AppError('UNAVAILABLE', 'No answer')
  return captured
}

export async function startNeighbours(): Promise<Neighbours> {
  const state: Neighbours = {
    prices: new Map(),
    variantOf: new Map(),
    stock: new Map(),
    backorders: new Map(),
    expected: new Map(),
    extended: [],
    reservations: new Map(),
    payments: new Map(),
    charges: [],
    credits: new Map(),
    starts: [],
    started: [],
    refunds: new Map(),
    decideRefund: () => 'succeeded',
    decide: decideByToken,
    beforeReserve: () => {},
    beforeRelease: () => {},
    beforeCommit: () => {},
    afterCommit: () => {},
    beforeSync: () => {},
    urls: { PRODUCT_URL: '', INVENTORY_URL: '', PAYMENT_URL: '' },
    stop: async () => {},
  }
  const servers = [
    await startFakeService('product', productRouter(state)),
    await startFakeService('inventory', inventoryRouter(state)),
    await startFakeService('payment', paymentRouter(state)),
  ]
  const [productUrl = '', inventoryUrl = '', paymentUrl = ''] = servers.map((server) => server.url)
  state.urls = { PRODUCT_URL: productUrl, INVENTORY_URL: inventoryUrl, PAYMENT_URL: paymentUrl }
  state.stop = async () => {
    await Promise.all(servers.map(async (server) => await server.stop()))
  }
  return state
}

const productIds = new Map<string, string>()
function productIdOf(sku: string): string {
  const known = productIds.get(sku) ?? newId()
  productIds.set(sku, known)
  return known
}

function productRouter(state: Neighbours) {
  return rpc.router({
    product: rpc.router({
      get: rpc.open
        .input(product.GetProduct)
        .output(product.Product)
        .query(({ input }) => productOf(state, input.idOrSlug)),
      quote: rpc
        .service('order')
        .input(product.QuoteSkus)
        .output(z.object({ variants: z.array(product.QuotedVariant) }))
        .query(({ input }) => ({
          variants: input.skus.flatMap((sku) => {
            const price = state.prices.get(sku)
            if (price === undefined) return []
            return [
              {
                sku,
                variantId: productIdOf(sku),
                productId: productIdOf(state.variantOf.get(sku) ?? sku),
                productSlug: sku.toLowerCase(),
                categorySlug: 'tableware',
                name: `Name of ${sku}`,
                optionsLabel: 'Oat',
                imageUrl: null,
                unitPrice: money(price),
                taxClass: 'standard' as const,
                weightGrams: 300,
              },
            ]
          }),
        })),
    }),
  })
}

function productOf(state: Neighbours, id: string): product.Product {
  const isOf = (sku: string) => productIdOf(state.variantOf.get(sku) ?? sku) === id
  const skus = [...state.prices.keys()].filter(isOf)
  const [first] = skus
  if (first === undefined) throw new AppError('NOT_FOUND', 'There is no such product.')
  const now = new Date().toISOString()
  return {
    id,
    slug: first.toLowerCase(),
    name: `Name of ${first}`,
    shortDescription: '',
    description: '',
    price: money(state.prices.get(first) ?? 0),
    compareAtPrice: null,
    category: { slug: 'tableware', name: 'Tableware' },
    colours: [],
    images: [],
    rating: null,
    available: true,
    variants: skus.map((sku) => ({
      id: newId(),
      sku,
      options: {},
      optionsLabel: 'Oat',
      price: money(state.prices.get(sku) ?? 0),
      available: (state.stock.get(sku) ?? 0) > 0,
      shipsLater: false,
      expectedOn: null,
      lowStock: null,
      barcode: null,
      weightGrams: null,
    })),
    options: [],
    materials: [],
    dimensions: null,
    weightGrams: 300,
    careInstructions: null,
    tags: [],
    taxClass: 'standard',
    featured: false,
    related: [],
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
}

function inventoryRouter(state: Neighbours) {
  return rpc.router({
    stock: rpc.router({
      levels: rpc
        .staffOrService('order')
        .input(inventory.GetLevels)
        .output(z.object({ items: z.array(inventory.Level) }))
        .query(({ input }) => ({
          items: input.skus.flatMap((sku) => {
            const available = state.stock.get(sku)
            if (available === undefined) return []
            return [
              {
                sku,
                onHand: available,
                reserved: 0,
                available,
                backordered: 0,
                backorderLimit: 0,
                backorderable: state.backorders.get(sku) ?? 0,
                lowThreshold: null,
                expectedOn: state.expected.get(sku) ?? null,
                isLow: false,
                locations: [],
                updatedAt: new Date().toISOString(),
              },
            ]
          }),
        })),
      reserve: rpc
        .service('order')
        .input(inventory.ReserveStock)
        .output(inventory.ReserveResult)
        .mutation(async ({ input }) => {
          await state.beforeReserve()
          return reserve(state, input)
        }),
      extend: rpc
        .service('order')
        .input(inventory.ExtendReservation)
        .output(inventory.ExtendResult)
        .mutation(({ input }) => {
          if (state.reservations.get(input.orderId)?.status !== 'active') return { status: 'gone' as const }
          state.extended.push(input.orderId)
          return {
            status: 'extended' as const,
            expiresAt: new Date(Date.now() + input.ttlSeconds * 1000).toISOString(),
          }
        }),
      release: rpc
        .service('order')
        .input(inventory.ReleaseStock)
        .output(inventory.ReleaseResult)
        .mutation(({ input }) => {
          state.beforeRelease()
          const reservation = state.reservations.get(input.orderId)
          if (!reservation) return { status: 'nothing_reserved' as const }
          if (reservation.status === 'committed') return { status: 'committed' as const }
          if (reservation.status === 'active') {
            reservation.status = 'released'
            for (const { sku, quantity } of reservation.lines)
              state.stock.set(sku, (state.stock.get(sku) ?? 0) + quantity)
          }
          return { status: 'released' as const }
        }),
      commit: rpc
        .service('order')
        .input(inventory.ForOrder)
        .output(inventory.CommitResult)
        .mutation(({ input }) => {
          state.beforeCommit()
          const reservation = state.reservations.get(input.orderId)
          if (!reservation || reservation.status === 'released' || reservation.status === 'expired')
            return { status: 'gone' as const }
          reservation.status = 'committed'
          state.afterCommit()
          const promised = (reservation.promised ?? []).map((line) => ({
            ...line,
            expectedOn: state.expected.get(line.sku) ?? null,
          }))
          return { status: 'committed' as const, ...(promised.length > 0 ? { promised } : {}) }
        }),
      reservation: rpc
        .staffOrService('order')
        .input(inventory.ForOrder)
        .output(inventory.Reservation.nullable())
        .query(({ input }) => {
          const known = state.reservations.get(input.orderId)
          const now = new Date().toISOString()
          if (!known) return null
          return {
            id: newId(),
            orderId: input.orderId,
            status: known.status,
            lines: known.lines.map((line) => ({ ...line, locationId: newId() })),
            backorders: (known.promised ?? []).map((line) => ({ ...line, waiting: line.quantity })),
            expiresAt: now,
            createdAt: now,
          }
        }),
    }),
  })
}

function reserve(state: Neighbours, input: inventory.ReserveStock): inventory.ReserveResult {
  const known = state.reservations.get(input.orderId)
  const expiresAt = new Date(Date.now() + input.ttlSeconds * 1000).toISOString()
  if (known)
    return known.status === 'active'
      ? { status: 'reserved', expiresAt: known.expiresAt ?? expiresAt }
      : { status: 'ended', as: known.status }
  const short = input.lines
    .map(({ sku, quantity }) => ({
      sku,
      requested: quantity,
      available: (state.stock.get(sku) ?? 0) + (state.backorders.get(sku) ?? 0),
    }))
    .filter(({ requested, available }) => requested > available)
  if (short.length > 0) return { status: 'out_of_stock', lines: short }
  const promised = input.lines.flatMap(({ sku, quantity }) => {
    const here = Math.min(quantity, state.stock.get(sku) ?? 0)
    state.stock.set(sku, (state.stock.get(sku) ?? 0) - here)
    return quantity > here ? [{ sku, quantity: quantity - here }] : []
  })
  for (const { sku, quantity } of promised)
    state.backorders.set(sku, (state.backorders.get(sku) ?? 0) - quantity)
  state.reservations.set(input.orderId, { status: 'active', lines: input.lines, promised })
  return { status: 'reserved', expiresAt }
}

function paymentRouter(state: Neighbours) {
  return rpc.router({
    credit: rpc.router({
      find: rpc
        .service('order')
        .input(payment.FindCredit)
        .output(payment.FoundCredit)
        .mutation(({ input }) => findCredit(state, input)),
    }),
    payment: rpc.router({
      start: rpc
        .service('order')
        .input(payment.StartPayment)
        .output(payment.PaymentState)
        .mutation(({ input }) => {
          const known = state.payments.get(input.id)
          if (known) return known
          state.starts.push(input)
          const token = input.method.type === 'card' ? input.method.token : input.method.type
          const started = {
            ...(input.transfer ? { transfer: money(input.transfer.amountMinor) } : {}),
            ...(input.credit?.expected ? { credit: input.credit.expected } : {}),
            id: input.id,
            orderId: input.orderId,
            method: { type: input.method.type, label: 'Card' },
            ...state.decide(token),
          }
          state.payments.set(input.id, started)
          state.charges.push(input.orderId)
          state.started.push(input)
          return started
        }),
      refund: rpc
        .staffOrService('order')
        .input(payment.CreateRefund)
        .output(payment.Refund)
        .mutation(({ input }) => {
          const known = state.refunds.get(input.id)
          const asked = (known?.asked ?? 0) + 1
          state.refunds.set(input.id, {
            paymentId: input.paymentId,
            to: input.to,
            recipientEmail: input.recipientEmail,
            amountMinor: input.amount?.amount,
            asked,
          })
          return {
            id: input.id,
            paymentId: input.paymentId,
            amount: input.amount ?? money(0),
            status: state.decideRefund(asked),
            reason: input.reason,
            createdAt: new Date().toISOString(),
          }
        }),
      lower: rpc
        .service('order')
        .input(payment.LowerPayment)
        .output(payment.Lowered)
        .mutation(({ input }) => {
          const asked = (state.refunds.get(input.id)?.asked ?? 0) + 1
          const { paymentId, amount } = input
          state.refunds.set(input.id, {
            paymentId,
            to: undefined,
            recipientEmail: undefined,
            amountMinor: amount.amount,
            asked,
          })
          return { status: state.decideRefund(asked) }
        }),
      sync: rpc
        .service('order')
        .input(payment.PaymentRef)
        .output(payment.PaymentState)
        .mutation(({ input }) => {
          state.beforeSync()
          const known = state.payments.get(input.id)
          if (!known) throw new AppError('NOT_FOUND', 'There is no such payment.')
          return known
        }),
    }),
  })
}

function findCredit(state: Neighbours, input: z.output<typeof payment.FindCredit>): payment.FoundCredit {
  const card = input.code === undefined ? undefined : state.credits.get(input.code)
  if (input.code !== undefined && card === undefined)
    return { status: 'refused', path: 'giftCardCode', message: 'This is not the code of a gift card.' }
  const own = input.storeCreditOf === undefined ? undefined : state.credits.get(input.storeCreditOf)
  return { status: 'found', ids: [card, own].flatMap((id) => id ?? []) }
}
