import type { Metadata } from 'next'
import { SignInForm } from '../../features/sign-in/sign-in-form.tsx'
import { localPath } from '../../paths.ts'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SignInPage({ searchParams }: Props) {
  const { next, why, error } = await searchParams
  const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="w-full max-w-90">
        <p className="display text-3xl">Souk</p>
        <h1 className="mt-1 mb-8 text-ink-soft">Sign in to the back office</h1>
        <SignInForm next={localPath(text(next))} hasEnded={why === 'ended'} problem={text(error)} />
      </div>
    </main>
  )
}
