'use client'

import { formatMoney } from '@souk/kernel/format-money'
import { Button } from '@souk/ui/button'
import { Checkbox } from '@souk/ui/checkbox'
import { TextField } from '@souk/ui/text-field'
import { type KeyboardEvent, useState } from 'react'
import type { CheckoutCredit } from './use-credit.ts'

const eur = (amount: number) => formatMoney({ amount, currency: 'EUR' })

/** A gift card's code, and the store credit of whoever is signed in. Not a form of its own: it stands inside the order's. */
export function CreditFields({ credit }: { credit: CheckoutCredit }) {
  const [text, setText] = useState('')
  const apply = () => text.trim() && credit.setCode(text.trim())
  const applyOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    apply()
  }
  return (
    <div className="my-4 flex flex-col gap-4">
      {credit.card ? (
        <p className="flex items-center justify-between gap-4">
          <span>
            Gift card ending in <strong className="font-medium">{credit.card.last4}</strong>, with{' '}
            <span className="figures">{formatMoney(credit.card.balance)}</span> on it.
          </span>
          <Button
            variant="quiet"
            size="small"
            onClick={() => {
              setText('')
              credit.setCode(undefined)
            }}
          >
            Remove<span className="sr-only"> the gift card</span>
          </Button>
        </p>
      ) : (
        <div className="flex items-start gap-2">
          <TextField
            label="Gift card"
            isOptional
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={applyOnEnter}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={64}
            error={credit.error}
            fieldClassName="min-w-0 flex-1"
          />
          <Button
            variant="secondary"
            className="mt-6.5"
            isLoading={credit.isChecking && text !== ''}
            onClick={apply}
          >
            Use<span className="sr-only"> gift card</span>
          </Button>
        </div>
      )}
      {credit.ownMinor > 0 && (
        <Checkbox
          label={`Use my store credit of ${eur(credit.ownMinor)}`}
          checked={credit.usesStoreCredit}
          onChange={(event) => credit.setUsesStoreCredit(event.target.checked)}
        />
      )}
    </div>
  )
}

/** What credit takes off what is to be paid, below the total. */
export function CreditShare({ credit }: { credit: CheckoutCredit }) {
  const { giftCard, storeCredit, rest } = credit.share
  if (giftCard + storeCredit === 0) return null
  return (
    <dl className="mt-3 flex flex-col gap-1.5" aria-live="polite">
      {giftCard > 0 && <Row term="Gift card" text={`−${eur(giftCard)}`} />}
      {storeCredit > 0 && <Row term="Store credit" text={`−${eur(storeCredit)}`} />}
      <div className="flex items-baseline justify-between gap-4 border-line border-t pt-3">
        <dt className="font-medium">To pay</dt>
        <dd className="figures text-xl">{eur(rest)}</dd>
      </div>
    </dl>
  )
}

function Row({ term, text }: { term: string; text: string }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-ink-soft">{term}</dt>
      <dd className="figures">{text}</dd>
    </div>
  )
}
