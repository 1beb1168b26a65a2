import type { Category } from '@souk/product/contract'
import { ThemeToggle } from '@souk/ui/theme-toggle'
import Link from 'next/link'
import { paths } from '../paths.ts'
import { Wordmark } from './wordmark.tsx'

type FooterLink = { href: string; label: string }

export function Footer({ categories, isSignedIn }: { categories: readonly Category[]; isSignedIn: boolean }) {
  const account: FooterLink[] = isSignedIn
    ? [
        { href: paths.accountOrders(), label: 'Your orders' },
        { href: paths.accountAddresses(), label: 'Addresses' },
        { href: paths.account(), label: 'Profile' },
      ]
    : [
        { href: paths.signIn(), label: 'Sign in' },
        { href: paths.register(), label: 'Create an account' },
      ]
  return (
    <footer className="mt-24 border-line border-t">
      <div className="page grid gap-10 py-12 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1fr]">
        <div className="flex flex-col items-start gap-5">
          <Wordmark />
          <p className="max-w-72 text-ink-soft">Tableware, lamps and furniture, made to be used every day.</p>
          <ThemeToggle />
        </div>
        <Links
          title="Shop"
          links={[
            { href: paths.products(), label: 'All products' },
            ...categories.map(({ slug, name }) => ({ href: paths.category(slug), label: name })),
          ]}
        />
        <Links title="Your account" links={account} />
        <Links
          title="Help"
          links={[
            { href: paths.shipping(), label: 'Shipping and returns' },
            { href: paths.privacy(), label: 'Privacy' },
          ]}
        />
      </div>
    </footer>
  )
}

function Links({ title, links }: { title: string; links: readonly FooterLink[] }) {
  return (
    <nav aria-label={title}>
      <h2 className="mb-2 font-medium">{title}</h2>
      <ul>
        {links.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              className="inline-flex min-h-11 items-center text-ink-soft hover:text-ink hover:underline lg:min-h-9"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
