'use client'

import { readSoukError } from '@souk/api/client-error'
import { formatMoney } from '@souk/kernel/format-money'
import type { Cart } from '@souk/order/contract'
import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { EmptyState } from '@souk/ui/empty-state'
import { LinkButton } from '@souk/ui/link-button'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { CartLines } from './cart-lines.tsx'
import { problemLines } from './optimistic-cart.ts'
import { useCart } from './use-cart.ts'
import { useCartActions } from './use-cart-actions.ts'

/** The cart on its own page. */
export function CartView() {
  const cart = useCart()
  if (cart.isPending) return <CartSkeleton />
  if (cart.isError) return <CartFault error={cart.error} onRetry={() => void cart.refetch()} />
  if (!cart.data || cart.data.lines.length === 0) return <EmptyCart headingLevel="h2" />
  return <FilledCart cart={cart.data} />
}

function FilledCart({ cart }: { cart: Cart }) {
  const actions = useCartActions(cart)
  return (
    <div className="grid gap-10 lg:grid-cols-[1fr_22rem] lg:gap-16">
      <div>
        <CartNotice error={actions.error} />
        <CartLines cart={cart} onQuantity={actions.setQuantity} onRemove={actions.remove} />
      </div>
      <section aria-labelledby="cart-summary" className="h-fit lg:sticky lg:top-6 xl:top-28">
        <h2 id="cart-summary" className="display mb-4 text-xl">
          Summary
        </h2>
        <CartSummary cart={cart} />
      </section>
    </div>
  )
}

export function CartSummary({ cart, onLeave }: { cart: Cart; onLeave?: () => void }) {
  const problems = problemLines(cart).length
  const reason = `Settle the marked ${problems === 1 ? 'item' : 'items'} first.`
  return (
    <div className="flex flex-col gap-4">
      <div role="status" className="flex flex-col gap-1.5">
        <p className="flex items-baseline justify-between gap-4 text-lg">
          <span>Subtotal</span>
          <span className="figures font-medium">{formatMoney(cart.subtotal)}</span>
        </p>
        {cart.promotions.map(({ id, name, amount }) => (
          <p key={id} className="flex items-baseline justify-between gap-4">
            <span className="min-w-0 break-words text-ink-soft">{name}</span>
            <span className="figures">−{formatMoney(amount)}</span>
          </p>
        ))}
      </div>
      <p className="text-ink-soft text-sm">Taxes included. Shipping is added at checkout.</p>
      {problems > 0 ? (
        <Button isWide disabledReason={reason}>
          Check out
        </Button>
      ) : (
        <LinkButton component={Link} href={paths.checkout()} isWide onClick={onLeave}>
          Check out
        </LinkButton>
      )}
    </div>
  )
}

export function CartNotice({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <Alert tone="error" title="That change was not saved" className="mb-4">
      {readSoukError(error).message} Your cart is shown as it is now.
    </Alert>
  )
}

export function EmptyCart({ headingLevel, onLeave }: { headingLevel: 'h2' | 'h3'; onLeave?: () => void }) {
  return (
    <EmptyState
      title="Your cart is empty"
      headingLevel={headingLevel}
      className="py-6"
      actions={
        <LinkButton component={Link} href={paths.products()} variant="secondary" onClick={onLeave}>
          Look at all products
        </LinkButton>
      }
    >
      What you add will wait here, also when you come back later on this device.
    </EmptyState>
  )
}

export function CartFault({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Alert
      tone="error"
      title="The cart could not be loaded"
      actions={
        <Button variant="secondary" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {readSoukError(error).message} Nothing in it is lost.
    </Alert>
  )
}

export function CartSkeleton() {
  return (
    <Loading label="Loading your cart" className="divide-y divide-line border-line border-y">
      {[1, 2].map((row) => (
        <div key={row} className="grid grid-cols-[5.5rem_1fr] gap-4 py-4 sm:grid-cols-[6.5rem_1fr]">
          <Skeleton className="aspect-square" />
          <div className="space-y-3">
            <Skeleton className="h-5 w-40" />
            <Skeleton className="h-4 w-24" />
            <Skeleton className="h-11 w-36" />
          </div>
        </div>
      ))}
    </Loading>
  )
}
