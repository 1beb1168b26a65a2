import { money } from '@souk/kernel/money'
import type { z } from 'zod'
import type { OrderContext } from '../context.ts'
import type { OrderDocumentList, OrderRef } from '../contract.ts'
import { loadVisibleOrder } from '../order/access.ts'
import { documentsOfOrders } from './document-store.ts'

/** The invoices and credit notes of an order, for whoever may see the order. */
export async function listDocuments(
  ctx: OrderContext,
  input: z.output<typeof OrderRef>,
): Promise<OrderDocumentList> {
  const order = await loadVisibleOrder(ctx, input.id, input.orderToken)
  const documents = await documentsOfOrders(ctx.db.sql, [order.id])
  return {
    items: documents.map(({ snapshot }) => ({
      id: snapshot.id,
      kind: snapshot.kind,
      number: snapshot.number,
      invoiceNumber: snapshot.invoiceNumber,
      total: money(snapshot.totalMinor, snapshot.currency),
      issuedAt: snapshot.issuedAt,
    })),
  }
}
