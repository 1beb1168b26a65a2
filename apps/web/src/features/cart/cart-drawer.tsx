'use client'

import { Drawer } from '@souk/ui/dialog'
import { LinkButton } from '@souk/ui/link-button'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { CartLines } from './cart-lines.tsx'
import { CartFault, CartNotice, CartSkeleton, CartSummary, EmptyCart } from './cart-view.tsx'
import { useCart } from './use-cart.ts'
import { useCartActions } from './use-cart-actions.ts'

export function CartDrawer({
  isOpen,
  onOpenChange,
}: {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}) {
  const cart = useCart()
  const actions = useCartActions(cart.data)
  const close = () => onOpenChange(false)
  const filled = cart.data && cart.data.lines.length > 0 ? cart.data : undefined
  return (
    <Drawer
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="Your cart"
      footer={
        filled && (
          <div className="flex flex-col gap-2">
            <CartSummary cart={filled} onLeave={close} />
            <LinkButton component={Link} href={paths.cart()} variant="quiet" isWide onClick={close}>
              View cart
            </LinkButton>
          </div>
        )
      }
    >
      <CartNotice error={actions.error} />
      {cart.isPending && <CartSkeleton />}
      {cart.isError && <CartFault error={cart.error} onRetry={() => void cart.refetch()} />}
      {cart.isSuccess && !filled && <EmptyCart headingLevel="h3" onLeave={close} />}
      {filled && (
        <CartLines cart={filled} onQuantity={actions.setQuantity} onRemove={actions.remove} isCompact />
      )}
    </Drawer>
  )
}
