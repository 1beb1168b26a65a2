'use client'

import { cx } from '@souk/ui/class-names'
import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext, useMemo, useTransition } from 'react'

type Navigation = { isPending: boolean; go: (href: string) => void }
const NavigationContext = createContext<Navigation>({ isPending: false, go: () => undefined })

/** Filters change the address and nothing else; the page keeps its place while the new list is on its way. */
export function ListingNavigation({ children }: { children: ReactNode }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const navigation = useMemo<Navigation>(
    () => ({
      isPending,
      go: (href) => startTransition(() => router.push(href, { scroll: false })),
    }),
    [isPending, router],
  )
  return <NavigationContext value={navigation}>{children}</NavigationContext>
}

export function useListingNavigation(): Navigation {
  return useContext(NavigationContext)
}

/** The results: dimmed, not removed, while newer ones are being fetched. */
export function Results({ children }: { children: ReactNode }) {
  const { isPending } = useListingNavigation()
  return (
    <div
      aria-busy={isPending}
      className={cx('transition-opacity', isPending && 'pointer-events-none opacity-50')}
    >
      {children}
    </div>
  )
}
