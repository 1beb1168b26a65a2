import { repeatOnConflict } from '@souk/db/connect'
import { classifyDbError } from '@souk/db/errors'
import { AppError } from '@souk/kernel/errors'
import { newId } from '@souk/kernel/id'
import { faultPoint } from '@souk/service/fault-point'
import { callerKey, hashBody, keyReused } from '@souk/service/idempotency'
import { currentRequest } from '@souk/service/request'
import type { OrderContext } from '../context.ts'
import type { PlaceOrder, PlaceResult } from '../contract.ts'
import { enteredCodes, type PricedItem, type PricedItems, priceItems } from '../pricing/price-items.ts'
import { refusalOfCode, toTotals } from '../pricing/quote-order.ts'
import { claimOf, usedUpConstraints } from '../promotion/claim.ts'
import { continuePlacing } from './continue-placing.ts'
import type { Order } from './order.ts'
import { type Command, findOrderOfCommand, insertOrder, type NewOrder } from './order-store.ts'
import { type PaymentInput, paymentInputOf } from './payment-input.ts'
import { planPlacing } from './placing.ts'
import { loadStory } from './story-store.ts'
import { viewPlacedOrder } from './view-order.ts'

/** A price is made again when a limited promotion was used up between looking and writing. */
const pricings = 4

/**
 * Writes the order, then takes it as far as it goes: reserve, pay, commit, confirm. Whatever fails on the
 * way leaves a `pending` order that the placing job goes on with. The same command again finds the order
 * it made and answers as before.
 */
export async function placeOrder(ctx: OrderContext, input: PlaceOrder): Promise<PlaceResult> {
  const command = commandOf(ctx, input)
  const paymentInput = await paymentInputOf(ctx, input)
  if (paymentInput instanceof AppError) return (await repeatedAnswer(ctx, command)) ?? refuse(paymentInput)
  for (let attempt = 0; attempt < pricings; attempt += 1) {
    const priced = await priceForOrder(ctx, input)
    const objection = objectTo(priced, input)
    if (objection) return (await repeatedAnswer(ctx, command)) ?? refuse(objection)
    const inserted = await insertNewOrder(ctx, newOrder(ctx, input, priced, paymentInput), command, priced)
    // Somebody took the last use of a promotion meanwhile: the price without it is another one.
    if (inserted === 'used_up') continue
    if (!inserted) break
    faultPoint('order.inserted')
    return await answerFor(ctx, await goOn(ctx, inserted))
  }
  return (await repeatedAnswer(ctx, command)) ?? refuse(new AppError('UNAVAILABLE', 'Please try again.'))
}

async function priceForOrder(ctx: OrderContext, input: PlaceOrder): Promise<PricedItems> {
  return await priceItems(ctx, {
    items: input.items,
    country: input.shippingAddress.country,
    region: input.shippingAddress.region,
    shippingMethod: input.shippingMethod,
    promotionCode: input.promotionCode,
    promotionCodes: input.promotionCodes,
    email: input.email,
    isPlacing: true,
  })
}

/** Takes a new order as far as it goes; what goes wrong on the way is the job's. */
export async function goOn(ctx: OrderContext, order: Order): Promise<Order> {
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
    leaseSeconds: ctx.settings.placingLeaseSeconds,
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

export async function answerFor(ctx: OrderContext, order: Order): Promise<PlaceResult> {
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
  if (priced.undeliverable !== null) {
    const errors = [{ path: 'shippingAddress.country', message: priced.undeliverable }]
    return new AppError('INVALID_INPUT', priced.undeliverable, { details: { errors } })
  }
  const errors = refusedCodes(priced, input)
  if (errors[0]) return new AppError('INVALID_INPUT', errors[0].message, { details: { errors } })
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

/** A code that takes nothing off only because something better does is no fault. */
function refusedCodes(priced: PricedItems, input: PlaceOrder): { path: string; message: string }[] {
  return enteredCodes(input).flatMap((code, index) => {
    const entered = priced.entered.find((each) => each.code === code.toUpperCase())
    const refusal = entered && refusalOfCode(entered, priced.price)
    if (!refusal || refusal.reason === 'no_effect') return []
    const listed = index - (input.promotionCode === undefined ? 0 : 1)
    return [{ path: listed < 0 ? 'promotionCode' : `promotionCodes.${listed}`, message: refusal.message }]
  })
}

function refuse(objection: Objection): PlaceResult {
  if (objection instanceof AppError) throw objection
  return objection
}

async function insertNewOrder(
  ctx: OrderContext,
  order: NewOrder,
  command: Command,
  { promotions }: PricedItems,
): Promise<Order | 'used_up' | undefined> {
  const claim = claimOf(promotions, order)
  try {
    if (claim.promotionIds.length === 0) return await insertOrder(ctx.db.sql, order, command, claim)
    return await repeatOnConflict(async () => await insertOrder(ctx.db.sql, order, command, claim))
  } catch (error) {
    const failure = classifyDbError(error)
    if (failure.kind === 'check' && usedUpConstraints.includes(failure.constraint ?? '')) return 'used_up'
    if (failure.kind !== 'unique') throw error
    throw new AppError('CONFLICT', 'This order id is taken. Use a new one.', {
      details: { reason: 'id_taken' },
    })
  }
}

/** What an order takes over from the pricing of a cart, or of a draft. */
export type OrderParts = Pick<PricedItems, 'price'> & {
  items: readonly (Omit<PricedItem, 'variant'> & {
    variant: Pick<
      PricedItem['variant'],
      'productId' | 'productSlug' | 'name' | 'optionsLabel' | 'imageUrl' | 'unitPrice'
    >
  })[]
  shipping: { code: string; name: string }
}

export function newOrder(
  ctx: OrderContext,
  input: PlaceOrder,
  priced: OrderParts,
  paymentInput: PaymentInput = input.paymentMethod,
): NewOrder {
  const { principal } = ctx
  const paymentId = newId()
  return {
    id: input.id,
    status: 'pending',
    userId: principal.kind === 'user' ? principal.userId : null,
    email: input.email,
    customerName: input.shippingAddress.name,
    shippingAddress: input.shippingAddress,
    shippingMethod: { code: priced.shipping.code, name: priced.shipping.name },
    promotionCode: priced.price.promotions.find(({ code }) => code !== null)?.code ?? null,
    currency: 'EUR',
    subtotalMinor: priced.price.subtotalMinor,
    discountMinor: priced.price.discountMinor,
    shippingMinor: priced.price.shippingMinor,
    taxMinor: priced.price.taxMinor,
    totalMinor: priced.price.totalMinor,
    shippingTaxBasisPoints: priced.price.shippingTaxBasisPoints,
    pricesIncludeTax: priced.price.pricesIncludeTax,
    taxLines: priced.price.taxLines,
    promotions: priced.price.promotions,
    refundedMinor: 0,
    shippedMinor: 0,
    returnUntil: null,
    paymentId,
    paymentInput,
    payment: null,
    reason: null,
    refusal: null,
    placing: planPlacing({
      orderId: input.id,
      paymentId,
      now: ctx.clock.now(),
      holdSeconds: ctx.settings.reservationSeconds,
    }),
    cartId: input.cartId ?? null,
    version: 0,
    revision: 0,
    placedAt: null,
    confirmedAt: null,
    checks: 0,
    lines: priced.items.map(
      ({ sku, quantity, variant, totalMinor, taxMinor, discountMinor, taxBasisPoints, discounts }) => ({
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
        returnPendingQuantity: 0,
        unitPriceMinor: variant.unitPrice.amount,
        totalMinor,
        taxMinor,
        discountMinor,
        taxBasisPoints,
        discounts,
      }),
    ),
  }
}
