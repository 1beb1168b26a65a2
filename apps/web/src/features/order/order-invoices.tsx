'use client'

import type { Order, OrderDocument } from '@souk/order/contract'
import { Price } from '@souk/ui/price'
import { FileText } from 'lucide-react'
import { useEffect, useState } from 'react'
import { paths } from '../../paths.ts'

/** An invoice follows its confirmation by a moment, so an empty answer is asked for again a few times. */
const triesMs = [0, 1000, 2000, 4000, 8000]
const names = { invoice: 'Invoice', credit_note: 'Credit note' } as const

/** The documents of the order, to download. */
export function OrderInvoices({ order }: { order: Order }) {
  const documents = useDocuments(order)
  if (documents.length === 0) return null
  return (
    <section aria-labelledby="order-invoices">
      <h2 id="order-invoices" className="display mb-3 text-xl">
        Invoices
      </h2>
      <ul className="divide-y divide-line border-line border-y">
        {documents.map((document) => (
          <li key={document.id}>
            <a
              href={paths.orderInvoice(order.id, document.id)}
              download
              className="flex min-h-11 items-center gap-3 py-2 hover:underline"
            >
              <FileText aria-hidden="true" size={18} strokeWidth={1.5} className="shrink-0 text-ink-soft" />
              <span className="min-w-0 flex-1">
                {names[document.kind]} <span className="tabular-nums">{document.number}</span>
                <span className="sr-only"> as PDF</span>
              </span>
              <Price value={document.total} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function useDocuments({ id, status, refunded, updatedAt }: Order): OrderDocument[] {
  const [documents, setDocuments] = useState<OrderDocument[]>([])
  const isSold = status !== 'pending' && status !== 'awaiting_payment' && status !== 'failed'
  // What the order says when something new must have been issued.
  const news = `${status} ${refunded.amount} ${updatedAt}`
  useEffect(() => {
    if (!isSold || news === '') return
    const stopping = new AbortController()
    void (async () => {
      for (const pauseMs of triesMs) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
        if (stopping.signal.aborted) return
        const response = await fetch(paths.orderInvoices(id), { signal: stopping.signal }).catch(
          () => undefined,
        )
        if (!response?.ok) continue
        const { items }: { items: OrderDocument[] } = await response.json()
        setDocuments(items)
        if (items.length > 0 && pauseMs > 0) return
      }
    })()
    return () => stopping.abort()
  }, [id, isSold, news])
  return documents
}
