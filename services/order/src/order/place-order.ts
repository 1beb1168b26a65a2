import { classifyDbError } from '@souk/db/errors'
import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { faultPoint } from '@souk/service/fault-point'
import { callerKey, hashBody, keyReused } from '@souk/service/idempotency'
import { currentRequest } from '@souk/service/request'
import type { OrderContext } from '../context.ts'
import type { PlaceOrder, PlaceResult } from '../contract.ts'
import { type PricedItems, priceItems } from '../pricing/price-items.ts'
import { toTotals } from '../pricing/quote-order.ts'
import { continuePlacing } from './continue-placing.ts'
import type { Order } from './order.ts'
import { type Command, findOrderOfCommand, insertOrder, type NewOrder } from './order-store.ts'
import { loadStory } from './story-store.ts'
import { viewPlacedOrder } from './view-order.ts'

/**
 * Writes the order, then takes it as far as it goes: reserve, pay, commit, confirm. Whatever fails on the
 * way leaves a `pending` order that the placing job goes on with. The same command again finds the order
 * it made and answers as before.
 */
export async function placeOrder(ctx: OrderContext, input: PlaceOrder): Promise<PlaceResult> {
  const command = commandOf(ctx, input)
  const priced = await priceItems(ctx, {
    items: input.items,
    country: input.shippingAddress.country,
    shippingMethod: input.shippingMethod,
    promotionCode: input.promotionCode,
  })
  const objection = objectTo(priced, input)
  if (objection) return (await repeatedAnswer(ctx, command)) ?? refuse(objection)
  const inserted = await insertNewOrder(ctx, newOrder(ctx, input, priced), command)
  if (!inserted)
    return (await repeatedAnswer(ctx, command)) ?? refuse(new AppError('UNAVAILABLE', 'Please try again.'))
  faultPoint('order.inserted')
  return await answerFor(ctx, await goOn(ctx, inserted))
}

async function goOn(ctx: OrderContext, order: Order): Promise<Order> {
  try {
    return await continuePlacing(ctx, order)
  } catch (error) {
    // The order stands and the placing job goes on; the buyer sees that it is being settled.
    ctx.log.warn({ err: error, orderId: order.id }, 'placing is left to the job')
    return order
  }
}

function commandOf(ctx: OrderContext, input: PlaceOrder): Command {
  const { id, ...body } = input
  return {
    caller: callerKey(ctx.principal),
    key: currentRequest()?.idempotencyKey ?? id,
    bodyHash: hashBody(body),
  }
}

async function repeatedAnswer(ctx: OrderContext, command: Command): Promise<PlaceResult | undefined> {
  const known = await findOrderOfCommand(ctx.db.sql, command.caller, command.key)
  if (!known) return undefined
  if (known.bodyHash !== command.bodyHash) throw keyReused()
  const scope = currentRequest()
  if (scope) scope.isReplay = true
  return await answerFor(ctx, known.order)
}

async function answerFor(ctx: OrderContext, order: Order): Promise<PlaceResult> {
  const refusal = order.status === 'failed' ? order.refusal : null
  if (refusal?.status === 'out_of_stock') return refusal
  if (refusal) return { status: 'payment_declined', orderId: order.id, message: refusal.message }
  const story = await loadStory(ctx.db.sql, order.id)
  return { status: 'placed', order: viewPlacedOrder(order, story, ctx.settings.orderTokenSecret) }
}

type Objection = PlaceResult | AppError

/** Why these items cannot be ordered as the buyer asked, before anything is written. */
function objectTo(priced: PricedItems, input: PlaceOrder): Objection | undefined {
  if (priced.missing.length > 0) {
    const errors = input.items.flatMap(({ sku }, index) =>
      priced.missing.includes(sku) ? [{ path: `items.${index}.sku`, message: `${sku} is not for sale` }] : [],
    )
    return new AppError('INVALID_INPUT', 'Some items are not for sale.', { details: { errors } })
  }
  if (input.promotionCode !== undefined && !priced.promotion) {
    const errors = [{ path: 'promotionCode', message: 'This code is not valid' }]
    return new AppError('INVALID_INPUT', 'This code is not valid.', { details: { errors } })
  }
  if (priced.price.totalMinor === 0) {
    return new AppError(
      'INVALID_INPUT',
      'There is nothing to pay for this order, so it cannot be placed here.',
    )
  }
  const expected = input.expectedTotal
  if (expected && expected.amount !== priced.price.totalMinor) {
    return { status: 'price_changed', totals: toTotals(priced.price) }
  }
  return undefined
}

function refuse(objection: Objection): PlaceResult {
  if (objection instanceof AppError) throw objection
  return objection
}

async function insertNewOrder(
  ctx: OrderContext,
  order: NewOrder,
  command: Command,
): Promise<Order | undefined> {
  try {
    return await insertOrder(ctx.db.sql, order, command)
  } catch (error) {
    if (classifyDbError(error).kind !== 'unique') throw error
    throw new AppError('CONFLICT', 'This order id is taken. Use a new one.', {
      details: { reason: 'id_taken' },
    })
  }
}

function newOrder(ctx: OrderContext, input: PlaceOrder, priced: PricedItems): NewOrder {
  const { principal } = ctx
  return {
    id: input.id,
    status: 'pending',
    userId: principal.kind === 'user' ? principal.userId : null,
    email: input.email,
    customerName: input.shippingAddress.name,
    shippingAddress: input.shippingAddress,
    shippingMethod: { code: priced.shipping.code, name: priced.shipping.name },
    promotionCode: priced.promotion?.code ?? null,
    currency: 'EUR',
    subtotalMinor: priced.price.subtotalMinor,
    discountMinor: priced.price.discountMinor,
    shippingMinor: priced.price.shippingMinor,
    taxMinor: priced.price.taxMinor,
    totalMinor: priced.price.totalMinor,
    shippingTaxBasisPoints: priced.price.shippingTaxBasisPoints,
    refundedMinor: 0,
    shippedMinor: 0,
    paymentId: newId(),
    paymentInput: input.paymentMethod,
    payment: null,
    reason: null,
    refusal: null,
    cartId: input.cartId ?? null,
    version: 0,
    revision: 0,
    placedAt: null,
    confirmedAt: null,
    checks: 0,
    lines: priced.items.map(
      ({ sku, quantity, variant, totalMinor, taxMinor, discountMinor, taxBasisPoints }) => ({
        sku,
        productId: variant.productId,
        productSlug: variant.productSlug,
        name: variant.name,
        optionsLabel: variant.optionsLabel,
        imageUrl: variant.imageUrl,
        quantity,
        returnedQuantity: 0,
        shippedQuantity: 0,
        deliveredQuantity: 0,
        unitPriceMinor: variant.unitPrice.amount,
        totalMinor,
        taxMinor,
        discountMinor,
        taxBasisPoints,
      }),
    ),
  }
}
