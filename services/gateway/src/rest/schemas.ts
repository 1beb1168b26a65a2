import { CategoryList } from '@souk/api/routers/product'
import { Registered, SavedAddress, User } from '@souk/identity/contract'
import { Level, Location, Movement, Receipt, StockCount, Transfer } from '@souk/inventory/contract'
import { Address } from '@souk/kernel/address'
import { Money } from '@souk/kernel/money'
import { Cart, Order, OrderQuote, OrderSummary, PlacedOrder, Totals } from '@souk/order/contract'
import {
  Credit,
  CreditEntry,
  CreditWithEntries,
  GiftCardBalance,
  IssuedGiftCard,
  MyCredit,
  Payment,
  PaymentMethods,
  PaymentState,
  Refund,
} from '@souk/payment/contract'
import { Category, Image, Product, ProductList, Variant } from '@souk/product/contract'
import { z } from 'zod'
import { AddressList } from './routes/addresses.ts'
import { TokenAnswer } from './routes/auth.ts'
import { CreditList } from './routes/gift-cards.ts'
import { LevelList, MovementList } from './routes/inventory.ts'
import { LocationList } from './routes/locations.ts'
import { OrderList } from './routes/orders.ts'
import { PaymentList } from './routes/payments.ts'
import { ReceiptList, StockCountList, TransferList } from './routes/stock-documents.ts'

/** Answers that have a name of their own in the description. */
const names = {
  Address,
  AddressList,
  Cart,
  Category,
  CategoryList,
  Credit,
  CreditEntry,
  CreditList,
  CreditWithEntries,
  GiftCardBalance,
  Image,
  IssuedGiftCard,
  Level,
  LevelList,
  Location,
  LocationList,
  Money,
  Movement,
  MovementList,
  MyCredit,
  Order,
  OrderList,
  OrderQuote,
  OrderSummary,
  Payment,
  PaymentList,
  PaymentMethods,
  PaymentState,
  PlacedOrder,
  Product,
  ProductList,
  Receipt,
  ReceiptList,
  Refund,
  Registered,
  SavedAddress,
  StockCount,
  StockCountList,
  TokenAnswer,
  Totals,
  Transfer,
  TransferList,
  User,
  Variant,
}

export const namedSchemas = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries(names)) namedSchemas.add(schema, { id })
