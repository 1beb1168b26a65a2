import type { Category } from '@souk/product/contract'
import { Icon } from '@souk/ui/icon'
import { User } from 'lucide-react'
import Link from 'next/link'
import { CartButton } from '../features/cart/cart-door.tsx'
import { SearchForm } from '../features/search/search-form.tsx'
import { paths } from '../paths.ts'
import { CategoryLink } from './category-link.tsx'
import { Wordmark } from './wordmark.tsx'

export function Header({ categories, isSignedIn }: { categories: readonly Category[]; isSignedIn: boolean }) {
  return (
    <header className="border-line border-b bg-paper xl:sticky xl:top-0 xl:z-30">
      <div className="page grid grid-cols-[1fr_auto] items-center gap-x-4 py-2 lg:grid-cols-[1fr_18rem_auto] xl:grid-cols-[auto_1fr_auto_auto] xl:gap-x-7 xl:py-3">
        <Link href={paths.home()} aria-label="Souk, home" className="justify-self-start rounded-control py-2">
          <Wordmark />
        </Link>
        <nav
          aria-label="Categories"
          className="order-4 col-span-full -mx-4 overflow-x-auto px-4 [scrollbar-width:none] md:-mx-6 md:px-6 lg:-mx-10 lg:px-10 xl:order-none xl:col-span-1 xl:mx-0 xl:px-0"
        >
          <ul className="flex gap-x-6 whitespace-nowrap xl:gap-x-5">
            <li>
              <CategoryLink href={paths.products()} label="All" />
            </li>
            {categories.map((category) => (
              <li key={category.slug}>
                <CategoryLink href={paths.category(category.slug)} label={category.name} />
              </li>
            ))}
          </ul>
        </nav>
        <SearchForm className="order-3 col-span-full lg:order-2 lg:col-span-1 xl:order-none xl:w-48" />
        <div className="order-2 flex items-center justify-self-end lg:order-3 xl:order-none">
          <Link
            href={isSignedIn ? paths.account() : paths.signIn()}
            aria-label={isSignedIn ? 'Your account' : 'Sign in'}
            className="flex h-11 min-w-11 items-center justify-center gap-2 rounded-control px-2 transition-colors hover:bg-surface"
          >
            <Icon icon={User} />
            <span className="hidden lg:inline">{isSignedIn ? 'Account' : 'Sign in'}</span>
          </Link>
          <CartButton />
        </div>
      </div>
    </header>
  )
}
