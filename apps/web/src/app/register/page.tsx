import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getSession } from '../../data/session.ts'
import { RegisterForm } from '../../features/account/register-form.tsx'
import type { SearchParams } from '../../features/search/product-filters.ts'
import { paths } from '../../paths.ts'
import { safeReturn } from '../../safe-return.ts'
import { AuthPage } from '../auth-page.tsx'

export const metadata: Metadata = { title: 'Create an account', robots: { index: false } }

export default async function RegisterPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const returnTo = safeReturn((await searchParams).callbackUrl, paths.account())
  if (await getSession()) redirect(returnTo)
  return (
    <AuthPage
      title="Create an account"
      lead="Your orders in one place, your addresses filled in at checkout."
      footer={
        <p>
          Already have an account?{' '}
          <Link href={paths.signIn(returnTo)} className="link">
            Sign in
          </Link>
        </p>
      }
    >
      <RegisterForm returnTo={returnTo} signInPath={paths.signIn(returnTo)} />
    </AuthPage>
  )
}
