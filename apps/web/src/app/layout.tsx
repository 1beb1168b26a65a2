import { SkipLink } from '@souk/ui/skip-link'
import { parseTheme, themeAttribute, themeCookie } from '@souk/ui/theme'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { ShopProvider } from '../browser/shop-provider.tsx'
import { Footer } from '../chrome/footer.tsx'
import { Header } from '../chrome/header.tsx'
import { NavigationProgress } from '../chrome/navigation-progress.tsx'
import { listCategories } from '../data/catalog.ts'
import { getSession } from '../data/session.ts'
import { readEnv } from '../env.ts'
import { CartDoorProvider } from '../features/cart/cart-door.tsx'
import './globals.css'

export async function generateMetadata(): Promise<Metadata> {
  // Request data first: the addresses are not known while building.
  await cookies()
  return {
    metadataBase: new URL(readEnv().NEXTAUTH_URL),
    title: { default: 'Souk, things for rooms that are lived in', template: '%s · Souk' },
    description: 'Tableware, lamps and furniture, made to be used every day.',
    openGraph: { type: 'website', siteName: 'Souk', locale: 'en_IE' },
  }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcfaf6' },
    { media: '(prefers-color-scheme: dark)', color: '#161310' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  const [session, categories] = await Promise.all([getSession(), listCategories().catch(() => [])])
  const env = readEnv()
  const config = {
    gatewayUrl: env.GATEWAY_PUBLIC_URL,
    cardFieldsUrl: env.SANDBOX_PUBLIC_URL,
    customer: session ? { name: session.user.name, email: session.user.email } : null,
  }
  return (
    <html lang="en" data-theme={themeAttribute(theme)}>
      <body className="flex min-h-dvh flex-col">
        <SkipLink />
        <NavigationProgress />
        <ShopProvider config={config}>
          <CartDoorProvider>
            <Header categories={categories} isSignedIn={session !== null} />
            <main id="content" tabIndex={-1} className="flex-1 outline-none">
              {children}
            </main>
            <Footer categories={categories} isSignedIn={session !== null} />
          </CartDoorProvider>
        </ShopProvider>
      </body>
    </html>
  )
}
