import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { findDraft } from '../../../data/drafts.ts'
import { DraftCheckout } from './draft-checkout.tsx'

type Props = { params: Promise<{ id: string }> }

export const metadata: Metadata = {
  title: 'Your order to pay',
  robots: { index: false },
  referrer: 'same-origin',
}

export default async function DraftPage({ params }: Props) {
  const draft = await findDraft((await params).id)
  if (!draft) notFound()
  return (
    <div className="page pt-8 md:pt-12">
      <h1 className="display mb-2 text-3xl md:text-4xl">Your order {draft.number}</h1>
      <DraftCheckout draft={draft} />
    </div>
  )
}
