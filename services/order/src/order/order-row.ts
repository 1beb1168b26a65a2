import type { Address } from '@souk/kernel/address'
import type { Currency } from '@souk/kernel/money'
import type { PaymentState } from '@souk/payment/contract'
import type { OrderStatus } from '../contract.ts'
import type { AppliedPromotion, LineDiscount } from '../pricing/price-order.ts'
import type { TaxLine } from '../tax/tax.ts'
import type { Order, OrderLine, Refusal } from './order.ts'
import type { PaymentInput } from './payment-input.ts'
import type { PlacingStep } from './placing.ts'

export type OrderRow = {
  id: string
  number: string
  status: OrderStatus
  user_id: string | null
  email: string
  customer_name: string
  shipping_address: Address
  shipping_method_code: string
  shipping_method_name: string
  promotion_code: string | null
  currency: Currency
  subtotal_minor: number
  discount_minor: number
  shipping_minor: number
  tax_minor: number
  total_minor: number
  shipping_tax_basis_points: number | null
  prices_include_tax: boolean
  tax_lines: TaxLine[]
  promotions: AppliedPromotion[]
  refunded_minor: number
  shipped_minor: number
  return_until: Date | null
  payment_id: string
  payment_input: PaymentInput | null
  payment: PaymentState | null
  reason: string | null
  refusal: Refusal | null
  placing_steps: PlacingStep[]
  cart_id: string | null
  version: number
  revision: number
  placed_at: Date | null
  confirmed_at: Date | null
  checks: number
  created_at: Date
  updated_at: Date
}

export type LineRow = {
  sku: string
  product_id: string
  product_slug: string
  name: string
  options_label: string
  image_url: string | null
  quantity: number
  returned_quantity: number
  shipped_quantity: number
  delivered_quantity: number
  return_pending_quantity: number
  unit_price_minor: number
  total_minor: number
  tax_minor: number
  discount_minor: number
  tax_basis_points: number | null
  discounts: LineDiscount[]
  promised_quantity: number
  arrived_quantity: number
  /** As JSON gives it. */
  expected_on: string | null
}

export function toOrder(row: OrderRow, lines: readonly LineRow[]): Order {
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    userId: row.user_id,
    email: row.email,
    customerName: row.customer_name,
    shippingAddress: row.shipping_address,
    shippingMethod: { code: row.shipping_method_code, name: row.shipping_method_name },
    promotionCode: row.promotion_code,
    currency: row.currency,
    subtotalMinor: row.subtotal_minor,
    discountMinor: row.discount_minor,
    shippingMinor: row.shipping_minor,
    taxMinor: row.tax_minor,
    totalMinor: row.total_minor,
    shippingTaxBasisPoints: row.shipping_tax_basis_points,
    pricesIncludeTax: row.prices_include_tax,
    taxLines: row.tax_lines,
    promotions: row.promotions,
    refundedMinor: row.refunded_minor,
    shippedMinor: row.shipped_minor,
    returnUntil: row.return_until,
    paymentId: row.payment_id,
    paymentInput: row.payment_input,
    payment: row.payment,
    reason: row.reason,
    refusal: row.refusal,
    placing: row.placing_steps,
    cartId: row.cart_id,
    version: row.version,
    revision: row.revision,
    placedAt: row.placed_at,
    confirmedAt: row.confirmed_at,
    checks: row.checks,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lines: lines.map(toLine),
  }
}

function toLine(row: LineRow): OrderLine {
  return {
    sku: row.sku,
    productId: row.product_id,
    productSlug: row.product_slug,
    name: row.name,
    optionsLabel: row.options_label,
    imageUrl: row.image_url,
    quantity: row.quantity,
    returnedQuantity: row.returned_quantity,
    shippedQuantity: row.shipped_quantity,
    deliveredQuantity: row.delivered_quantity,
    returnPendingQuantity: row.return_pending_quantity,
    unitPriceMinor: row.unit_price_minor,
    totalMinor: row.total_minor,
    taxMinor: row.tax_minor,
    discountMinor: row.discount_minor,
    taxBasisPoints: row.tax_basis_points,
    discounts: row.discounts,
    ...(row.promised_quantity > 0 || row.arrived_quantity > 0
      ? {
          promise: {
            quantity: row.promised_quantity,
            arrived: row.arrived_quantity,
            expectedOn: row.expected_on,
          },
        }
      : {}),
  }
}
