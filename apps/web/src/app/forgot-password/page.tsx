import type { Metadata } from 'next'
import Link from 'next/link'
import { ForgotPasswordForm } from '../../features/account/forgot-password-form.tsx'
import { paths } from '../../paths.ts'
import { AuthPage } from '../auth-page.tsx'

export const metadata: Metadata = { title: 'Reset your password', robots: { index: false } }

export default function ForgotPasswordPage() {
  return (
    <AuthPage
      title="Reset your password"
      lead="Tell us your e-mail address and we send you a link to choose a new password."
      footer={
        <p>
          <Link href={paths.signIn()} className="link">
            Back to signing in
          </Link>
        </p>
      }
    >
      <ForgotPasswordForm />
    </AuthPage>
  )
}
