'use client'

import { Icon } from '@souk/ui/icon'
import { ShoppingBag } from 'lucide-react'
import dynamic from 'next/dynamic'
import { usePathname } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { paths } from '../../paths.ts'
import { useCart } from './use-cart.ts'

const CartDrawer = dynamic(() => import('./cart-drawer.tsx').then((module) => module.CartDrawer), {
  ssr: false,
})

type Door = { open: () => void; isOpen: boolean }
const DoorContext = createContext<Door>({ open: () => undefined, isOpen: false })

/** Lets anything on the page open the cart; its drawer is loaded when it is first wanted. */
export function CartDoorProvider({ children }: { children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false)
  const [isWanted, setIsWanted] = useState(false)
  const pathname = usePathname()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the drawer
  useEffect(() => setIsOpen(false), [pathname])
  const door = useMemo<Door>(
    () => ({
      isOpen,
      open: () => {
        setIsWanted(true)
        setIsOpen(true)
      },
    }),
    [isOpen],
  )
  return (
    <DoorContext value={door}>
      {children}
      {isWanted && <CartDrawer isOpen={isOpen} onOpenChange={setIsOpen} />}
    </DoorContext>
  )
}

export function useCartDoor(): Door {
  return useContext(DoorContext)
}

/** A link to the cart's page; with a script it opens the drawer in place. */
export function CartButton() {
  const { data } = useCart()
  const { open, isOpen } = useCartDoor()
  const pathname = usePathname()
  const count = data?.itemCount ?? 0
  const label = count === 0 ? 'Cart' : `Cart ${count} ${count === 1 ? 'item' : 'items'}`
  return (
    <a
      href={paths.cart()}
      aria-label={label}
      aria-haspopup={pathname === paths.cart() ? undefined : 'dialog'}
      aria-expanded={pathname === paths.cart() ? undefined : isOpen}
      className="relative flex h-11 min-w-11 items-center justify-center gap-2 rounded-control px-2 transition-colors hover:bg-surface"
      onClick={(event) => {
        if (pathname === paths.cart() || event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        open()
      }}
    >
      <Icon icon={ShoppingBag} />
      <span className="hidden lg:inline">Cart</span>
      {count > 0 && (
        <span className="figures grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1.5 font-medium text-on-accent text-sm leading-none max-lg:absolute max-lg:-top-0.5 max-lg:-right-0.5">
          {count}
        </span>
      )}
    </a>
  )
}
