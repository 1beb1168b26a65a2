import { newId } from '@souk/kernel/id'
import { money } from '@souk/kernel/money'
import type {
  Cart,
  Draft,
  DraftSummary,
  ExchangeOptions,
  FollowUp,
  OfferedDraft,
  Order,
  OrderDocument,
  OrderEdit,
  OrderEditPreview,
  OrderQuote,
  OrderSummary,
  PdfFile,
  PlacedOrder,
  PriceChange,
  PricePreview,
  ReturnDetail,
  SalesReport,
  StaffPromotion,
  TaxCountry,
  Totals,
  Zone,
} from '@souk/order/contract'
import type { Credit, CreditEntry, Difference, Payment, Refund } from '@souk/payment/contract'
import type { Category, Product, ProductList, QuotedVariant } from '@souk/product/contract'
import type { z } from 'zod'
import { address } from './samples/people.ts'

export * from './samples/operations.ts'
export * from './samples/people.ts'
export * from './samples/stock.ts'

const at = '2026-11-20T12:00:00.000Z'
export function product(over: Partial<Product> = {}): Product {
  const id = newId()
  const slug = over.slug ?? `mug-${id.slice(-12)}`
  return {
    id,
    slug,
    name: 'Harbour mug',
    shortDescription: 'Stoneware',
    description: 'Stoneware, glazed inside. '.repeat(20),
    price: money(1900),
    compareAtPrice: null,
    category: { slug: 'tableware', name: 'Tableware' },
    colours: [{ slug: 'oat', name: 'Oat', family: 'white', hex: '#e8dcc8' }],
    images: [
      { id: newId(), url: `/media/${id}/720.webp`, alt: 'A mug', width: 720, height: 720, colour: 'oat' },
    ],
    rating: { average: 4.5, count: 12 },
    available: true,
    variants: [
      {
        id: newId(),
        sku: `SKU-${id.slice(-12)}`,
        options: { colour: 'oat' },
        optionsLabel: 'Oat',
        price: money(1900),
        available: true,
        shipsLater: false,
        expectedOn: null,
        lowStock: null,
        barcode: null,
        weightGrams: 300,
      },
    ],
    options: [{ code: 'colour', name: 'Colour', values: [{ code: 'oat', name: 'Oat' }] }],
    materials: ['stoneware'],
    dimensions: null,
    weightGrams: 300,
    careInstructions: null,
    tags: [],
    taxClass: 'standard',
    featured: false,
    related: [],
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...over,
  }
}

export function productList(items: Product[]): ProductList {
  return {
    items,
    nextCursor: null,
    total: items.length,
    facets: {
      colours: [],
      families: [],
      categories: [],
      price: { min: 0, max: 1900, currency: 'EUR' },
      inStock: items.length,
    },
  }
}

export const category = (): Category => ({
  id: newId(),
  slug: 'tableware',
  name: 'Tableware',
  description: '',
  productCount: 1,
})

const totals: Totals = {
  subtotal: money(1900),
  discount: money(0),
  shipping: money(490),
  tax: money(380),
  total: money(2390),
  pricesIncludeTax: true,
}
const taxLines = [{ rateBasisPoints: 1900, netMinor: 2010, taxMinor: 380 }]

export function order(over: Partial<Order> = {}): Order {
  const id = over.id ?? newId()
  return {
    id,
    number: 'S-100001',
    status: 'confirmed',
    userId: null,
    email: 'maya@example.com',
    items: [
      {
        sku: 'MUG-OAT',
        productId: newId(),
        productSlug: 'mug',
        name: 'Harbour mug',
        optionsLabel: 'Oat',
        imageUrl: null,
        quantity: 1,
        shippedQuantity: 0,
        deliveredQuantity: 0,
        returnedQuantity: 0,
        returnPendingQuantity: 0,
        returnableQuantity: 0,
        shipsLater: 0,
        expectedOn: null,
        unitPrice: money(1900),
        total: money(1900),
        discount: money(0),
        discounts: [],
      },
    ],
    totals,
    taxLines,
    promotions: [],
    refunded: money(0),
    shippingAddress: address,
    shippingMethod: { code: 'standard', name: 'Standard' },
    payment: {
      id: newId(),
      orderId: id,
      status: 'captured',
      action: null,
      failure: null,
      method: { type: 'card', label: 'Visa' },
    },
    shipments: [],
    returns: [],
    edits: [],
    followUps: [],
    origin: null,
    returnableUntil: null,
    timeline: [{ at, type: 'confirmed', actor: 'system', note: null }],
    reason: null,
    createdAt: at,
    updatedAt: at,
    ...over,
  }
}

export const orderEdit = (): OrderEdit => ({
  id: newId(),
  status: 'completed',
  removed: [{ sku: 'MUG-OAT', name: 'Harbour mug', optionsLabel: 'Oat', quantity: 1 }],
  isRest: false,
  lowered: money(1900),
  refund: money(1900),
  note: null,
  problem: null,
  createdAt: at,
})

export const followUp = (): FollowUp => ({
  id: newId(),
  kind: 'addition',
  state: 'started',
  reason: null,
  lines: [
    {
      sku: 'MUG-BLUE',
      name: 'Harbour mug',
      optionsLabel: 'Blue',
      quantity: 1,
      unitPrice: money(2390),
      total: money(2390),
    },
  ],
  total: money(2390),
  moved: money(1900),
  toPay: money(490),
  isCod: false,
  payment: { draftId: newId(), draftToken: null },
  expiresAt: at,
  order: null,
  createdAt: at,
})

export const orderEditPreview = (): OrderEditPreview => ({
  items: order().items,
  totals,
  refund: money(0),
  added: {
    items: followUp().lines,
    totals,
    moved: money(1900),
    toPay: money(490),
    isCod: false,
  },
})

export const placedOrder = (over: Partial<PlacedOrder> = {}): PlacedOrder => ({
  ...order(over),
  accessToken: 'an-access-token-of-a-guest',
  ...over,
})

export const orderSummary = (): OrderSummary => ({
  id: newId(),
  number: 'S-100001',
  status: 'confirmed',
  email: 'maya@example.com',
  refunded: money(0),
  createdAt: at,
  updatedAt: at,
  total: money(2390),
  itemCount: 1,
  customerName: 'Maya Lind',
  imageUrls: [],
})

export const offeredDraft = (): OfferedDraft => ({
  id: newId(),
  number: 'D-1001',
  state: 'sent',
  email: 'maya@example.com',
  shippingAddress: address,
  shippingMethod: { code: 'standard', name: 'Standard' },
  lines: [],
  totals,
  note: null,
  expiresAt: at,
  followUp: null,
  orderId: null,
})

export const draft = (): Draft => ({
  ...offeredDraft(),
  lines: [],
  version: 1,
  sentAt: null,
  createdBy: 'staff',
  updatedBy: 'staff',
  createdAt: at,
  updatedAt: at,
})

export const draftSummary = (): DraftSummary => ({
  id: newId(),
  number: 'D-1001',
  state: 'open',
  email: 'maya@example.com',
  customerName: 'Maya Lind',
  total: money(2390),
  itemCount: 1,
  expiresAt: at,
  updatedAt: at,
  orderId: null,
})

export const orderDocument = (): OrderDocument => ({
  id: newId(),
  kind: 'invoice',
  number: 'INV-2026-000001',
  invoiceNumber: null,
  total: money(2390),
  issuedAt: at,
})

export const pdf: PdfFile = {
  fileName: 'INV-2026-000001.pdf',
  base64: Buffer.from('%PDF-1.7 a document').toString('base64'),
}

export const exchangeOptions = (): ExchangeOptions => ({
  items: [
    {
      sku: 'MUG-MOSS',
      name: 'Harbour mug',
      optionsLabel: 'Moss',
      isSame: false,
      isAvailable: true,
      toPay: money(0),
      refund: money(0),
    },
  ],
})

export const returnDetail = (over: Partial<ReturnDetail> = {}): ReturnDetail => ({
  id: newId(),
  number: 'R-1001',
  status: 'requested',
  reason: 'damaged',
  note: 'The handle came off',
  answer: null,
  refund: null,
  createdAt: at,
  updatedAt: at,
  orderId: newId(),
  orderNumber: 'S-100001',
  customerName: 'Maya Lind',
  email: 'maya@example.com',
  itemCount: 1,
  requestedBy: 'customer',
  lines: [
    {
      sku: 'MUG-OAT',
      name: 'Harbour mug',
      optionsLabel: 'Oat',
      imageUrl: null,
      quantity: 1,
      unitPrice: money(1900),
      restockedQuantity: 0,
      writtenOffQuantity: 0,
      exchangeFor: null,
    },
  ],
  proposal: { goods: money(1900), shipping: money(490), most: money(2390) },
  exchange: null,
  refundProblem: null,
  ...over,
})

export const quote = (): OrderQuote => ({
  items: order().items,
  missing: [],
  totals,
  taxLines,
  shippingMethods: [
    {
      code: 'standard',
      name: 'Standard',
      description: '',
      price: money(490),
      minDays: 3,
      maxDays: 5,
      estimate: { from: '2026-11-25', to: '2026-11-27' },
    },
  ],
  shippingMethod: 'standard',
  undeliverable: null,
  promotions: [],
  codes: [],
  promotion: null,
})

export const cart = (): Cart => ({
  id: newId(),
  userId: null,
  lines: [],
  itemCount: 0,
  subtotal: money(0),
  promotions: [],
  discount: money(0),
  version: 1,
  updatedAt: at,
})

export const promotion = (over: Partial<StaffPromotion> = {}): StaffPromotion => ({
  id: newId(),
  code: 'TEN',
  name: 'Ten per cent',
  kind: 'percentage',
  value: 1000,
  scope: { categories: [], products: [], skus: [] },
  offer: null,
  minSubtotalMinor: 0,
  minQuantity: 0,
  customers: [],
  isFirstOrder: false,
  isExclusive: false,
  priority: 0,
  isActive: true,
  usageLimit: null,
  perCustomerLimit: null,
  startsAt: null,
  endsAt: null,
  state: 'running',
  uses: 3,
  version: 1,
  updatedAt: at,
  ...over,
})

export const taxCountry = (): TaxCountry => ({
  country: 'DE',
  pricesIncludeTax: true,
  rates: [{ region: '', taxClass: 'standard', rateBasisPoints: 1900 }],
  version: 1,
})

export const zone = (): Zone => ({
  id: newId(),
  name: 'Benelux',
  places: ['BE', 'NL', 'LU'],
  position: 1,
  methods: [
    {
      code: 'standard',
      name: 'Standard',
      description: '',
      tiers: [{ maxGrams: null, maxSubtotalMinor: null, priceMinor: 490 }],
      freeFromMinor: null,
      minDays: 3,
      maxDays: 5,
      isActive: true,
    },
  ],
  version: 1,
})

export const pricePreview = (): PricePreview => ({
  zone: 'Benelux',
  undeliverable: null,
  pricesIncludeTax: true,
  options: [
    {
      code: 'standard',
      name: 'Standard',
      shipping: money(490),
      tax: money(380),
      total: money(2390),
      taxLines,
    },
  ],
})

export const priceChange = (): PriceChange => ({
  id: newId(),
  actor: newId(),
  action: 'promotion_created',
  subject: 'TEN',
  details: {},
  at,
})

export const difference = (over: Partial<Difference> = {}): Difference => ({
  id: newId(),
  provider: 'sandbox',
  kind: 'unknown_charge',
  providerRef: 'ch_1',
  paymentId: null,
  ours: null,
  theirs: { amountMinor: 1900, capturedMinor: 1900, refundedMinor: 0, currency: 'EUR' },
  firstSeenAt: at,
  resolvedAt: at,
  resolution: 'by_hand',
  note: null,
  ...over,
})

export const payment = (over: Partial<Payment> = {}): Payment => ({
  id: newId(),
  orderId: newId(),
  provider: 'sandbox',
  status: 'captured',
  method: { type: 'card', label: 'Visa' },
  amount: money(2390),
  captured: money(2390),
  refunded: money(0),
  action: null,
  failure: null,
  attempts: [],
  refunds: [],
  createdAt: at,
  updatedAt: at,
  ...over,
})

export const refund = (over: Partial<Refund> = {}): Refund => ({
  id: newId(),
  paymentId: newId(),
  amount: money(500),
  status: 'succeeded',
  reason: 'Scratched',
  createdAt: at,
  ...over,
})

export const credit = (over: Partial<Credit> = {}): Credit => ({
  id: newId(),
  kind: 'gift_card',
  status: 'active',
  last4: 'TVWX',
  userId: null,
  balance: money(2500),
  held: money(0),
  expiresAt: null,
  note: null,
  recipientEmail: null,
  createdAt: at,
  ...over,
})

export const creditEntry = (): CreditEntry => ({
  id: newId(),
  kind: 'issue',
  amount: money(2500),
  balanceAfter: money(2500),
  orderId: null,
  note: null,
  createdAt: at,
})

export const quotedVariant = (sku: string): z.infer<typeof QuotedVariant> => ({
  sku,
  variantId: newId(),
  productId: newId(),
  productSlug: 'harbour-mug',
  categorySlug: 'tableware',
  name: 'Harbour mug',
  optionsLabel: 'Oat',
  imageUrl: null,
  unitPrice: money(1900),
  taxClass: 'standard',
  weightGrams: 300,
})

export const salesReport = (): SalesReport => ({
  currency: 'EUR',
  days: [],
  totals: { orders: 0, revenueMinor: 0, refundedMinor: 0, averageMinor: 0, units: 0 },
  byStatus: [],
  topProducts: [],
  toShip: 0,
})
