'use client'

import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { type Ref, useState } from 'react'
import { useShop } from '../../browser/shop-provider.tsx'
import { CardFields, type CardFieldsHandle, CardSkeleton } from './card-fields.tsx'
import type { usePaymentMethods } from './use-payment-methods.ts'

type CardEntryProps = {
  methods: ReturnType<typeof usePaymentMethods>
  cardRef: Ref<CardFieldsHandle>
  onSubmit: () => void
}

/** Where the card is typed: in the provider's fields here, or on the provider's own page. */
export function CardEntry({ methods, cardRef, onSubmit }: CardEntryProps) {
  const { cardFieldsUrl } = useShop()
  const [attempt, setAttempt] = useState(0)
  if (methods.data?.card === 'hosted_page') {
    return (
      <p className="text-ink-soft">You type the card on the payment provider’s own page, and come back.</p>
    )
  }
  if (methods.data) {
    return (
      <CardFields
        key={attempt}
        ref={cardRef}
        url={cardFieldsUrl}
        onSubmit={onSubmit}
        onAgain={() => setAttempt(attempt + 1)}
      />
    )
  }
  if (!methods.isError) return <CardSkeleton />
  return (
    <Alert
      tone="warning"
      title="We cannot tell how cards are paid at the moment"
      actions={
        <Button variant="secondary" isLoading={methods.isFetching} onClick={() => void methods.refetch()}>
          Try again
        </Button>
      }
    >
      Nothing was charged. You can also choose another way to pay.
    </Alert>
  )
}
