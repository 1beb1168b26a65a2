import { Alert } from '@souk/ui/alert'
import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getSession } from '../../data/session.ts'
import { SignInForm } from '../../features/account/sign-in-form.tsx'
import type { SearchParams } from '../../features/search/product-filters.ts'
import { paths } from '../../paths.ts'
import { safeReturn } from '../../safe-return.ts'
import { AuthPage } from '../auth-page.tsx'

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } }

export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { callbackUrl, ended } = await searchParams
  const returnTo = safeReturn(callbackUrl, paths.account())
  if ((await getSession()) && ended === undefined) redirect(returnTo)
  return (
    <AuthPage
      title="Sign in"
      footer={
        <>
          <p>
            New here?{' '}
            <Link href={paths.register(returnTo)} className="link">
              Create an account
            </Link>
          </p>
          <p>
            <Link href={paths.forgotPassword()} className="link">
              Forgot your password?
            </Link>
          </p>
        </>
      }
    >
      {ended !== undefined && (
        <Alert title="Your session has ended" className="mb-6">
          Please sign in again. What was in your cart is still there.
        </Alert>
      )}
      <SignInForm returnTo={returnTo} />
    </AuthPage>
  )
}
